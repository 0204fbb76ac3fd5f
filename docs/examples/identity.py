# Python 3, nothing to install. With PyJWT: jwt.encode(claims, secret, "HS256", headers={"kid": kid}).
import base64
import hashlib
import hmac
import json
import os
import time


def identity_token(customer):
    """A token that says who is signed in on your site. Make one for each page view, on your server only."""

    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    header = {"alg": "HS256", "typ": "JWT", "kid": os.environ["RAPPORT_IDENTITY_KID"]}
    claims = {
        "sub": str(customer["id"]),
        "aud": os.environ["RAPPORT_SITE_KEY"],
        "iat": int(time.time()),
        "exp": int(time.time()) + 600,
        "name": customer["name"],
        "email": customer["email"],
        "attributes": {"plan": customer["plan"]},
    }
    text = part(json.dumps(header).encode()) + b"." + part(json.dumps(claims).encode())
    secret = os.environ["RAPPORT_IDENTITY_SECRET"].encode()
    return (text + b"." + part(hmac.new(secret, text, hashlib.sha256).digest())).decode()


# The customer comes from your session, never from what the browser says.
customer = {"id": 4711, "name": "Ada Lovelace", "email": "ada@example.com", "plan": "team"}
print(identity_token(customer))
