<?php
// PHP 8, nothing to install. With firebase/php-jwt: JWT::encode($claims, $secret, 'HS256', $kid).
declare(strict_types=1);

/** A token that says who is signed in on your site. Make one for each page view, on your server only. */
function identity_token(array $customer): string
{
    $part = fn (string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    $header = ['alg' => 'HS256', 'typ' => 'JWT', 'kid' => getenv('RAPPORT_IDENTITY_KID')];
    $claims = [
        'sub' => (string) $customer['id'],
        'aud' => getenv('RAPPORT_SITE_KEY'),
        'iat' => time(),
        'exp' => time() + 600,
        'name' => $customer['name'],
        'email' => $customer['email'],
        'attributes' => ['plan' => $customer['plan']],
    ];
    $text = $part(json_encode($header, JSON_THROW_ON_ERROR)) . '.' . $part(json_encode($claims, JSON_THROW_ON_ERROR));
    return $text . '.' . $part(hash_hmac('sha256', $text, getenv('RAPPORT_IDENTITY_SECRET'), true));
}

// The customer comes from your session, never from what the browser says.
$customer = ['id' => 4711, 'name' => 'Ada Lovelace', 'email' => 'ada@example.com', 'plan' => 'team'];
echo identity_token($customer), "\n";
