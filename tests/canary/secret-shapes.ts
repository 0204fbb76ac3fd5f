/** Secrets of every shape that the filter has to know, each unlike all others, so that a leak says where it came from. */

export type Shape =
  | 'word'
  | 'email'
  | 'card'
  | 'card with dashes'
  | 'card in one'
  | 'iban'
  | 'jwt'
  | 'key'
  | 'phone'
  | 'american phone'
  | 'social security';

export interface Secret {
  /** As it stands in the page. */
  text: string;
  /** What is looked for in everything that has left the browser. */
  needle: string;
  /** Compared with nothing but digits on both sides: a leak may have lost its spaces. */
  isDigits: boolean;
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** The digit that makes the number pass Luhn's check. */
function luhnDigit(body: string): number {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    const digit = Number(body[body.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? (doubled > 9 ? doubled - 9 : doubled) : digit;
  }
  return (10 - (sum % 10)) % 10;
}

function cardNumber(index: number): string {
  const body = `4539${String(71_234_500_000 + index * 7_919)}`;
  return `${body}${luhnDigit(body)}`;
}

function iban(index: number): string {
  const account = String(370_400_440_532_010_000n + BigInt(index) * 104_729n).padStart(18, '0');
  // `DE00` moved to the end, letters as numbers: D is 13, E is 14.
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
}

const inFours = (text: string, between = ' ') => text.replace(/(.{4})(?=.)/g, `$1${between}`);

export function secretOf(shape: Shape, index: number): Secret {
  const word = `canary${String(index).padStart(4, '0')}`;
  const number = String(1_000_003 + index * 1_013).slice(-7);
  const asDigits = (text: string): Secret => ({ text, needle: digitsOf(text), isDigits: true });
  const asText = (text: string, needle = text): Secret => ({ text, needle, isDigits: false });
  switch (shape) {
    case 'word':
      return asText(word);
    case 'email':
      return asText(`jane.${word}@mail.example`, word);
    case 'card':
      return asDigits(inFours(cardNumber(index)));
    case 'card with dashes':
      return asDigits(inFours(cardNumber(index), '-'));
    case 'card in one':
      return asDigits(cardNumber(index));
    case 'iban':
      return { ...asDigits(inFours(iban(index))), needle: digitsOf(iban(index)) };
    case 'jwt': {
      const claims = Buffer.from(JSON.stringify({ sub: word })).toString('base64url');
      return asText(`eyJhbGciOiJIUzI1NiJ9.${claims}.c2lnbmF0dXJl`, claims);
    }
    case 'key':
      return asText(`sk_live_${word}a1b2c3d4e5f6a7b8c9d0`);
    case 'phone':
      return asDigits(`+49 30 9${number.slice(0, 3)} ${number.slice(3)}`);
    case 'american phone':
      return asDigits(`555-${number.slice(0, 3)}-${number.slice(3)}`);
    case 'social security':
      return asDigits(`5${number.slice(0, 2)}-${number.slice(2, 4)}-${number.slice(3)}`);
  }
}
