// Pure: what the checkout form accepts. The page asks it while typing, the server asks it again before ordering.

export const deliveries = [
  { id: 'kerb', name: 'To the kerb', note: 'The van stops at your door', price: 0 },
  { id: 'room', name: 'To the room of your choice', note: 'Two people carry it in', price: 49 },
  {
    id: 'assembled',
    name: 'Assembled, packaging taken away',
    note: 'You make the tea, we do the rest',
    price: 89,
  },
];

export const countries = [
  'Austria',
  'Belgium',
  'Denmark',
  'France',
  'Germany',
  'Netherlands',
  'Norway',
  'Sweden',
  'Switzerland',
];

export const deliverySlots = [
  { id: 'morning', name: 'Morning, 8:00 to 12:00' },
  { id: 'afternoon', name: 'Afternoon, 12:00 to 17:00' },
  { id: 'evening', name: 'Evening, 17:00 to 20:00' },
  { id: 'saturday', name: 'Saturday, 9:00 to 14:00' },
];

export function deliveryPrice(id) {
  return deliveries.find((delivery) => delivery.id === id)?.price ?? 0;
}

/** Luhn, ISO/IEC 7812-1 annex B. */
export function isCardNumber(text) {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{13,19}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    let digit = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

function isExpiry(text, nowMs) {
  const match = /^(\d{2})\s*\/\s*(\d{2})$/.exec(text.trim());
  if (!match) return false;
  const month = Number(match[1]);
  const endMs = Date.UTC(2000 + Number(match[2]), month, 1);
  return month >= 1 && month <= 12 && endMs > nowMs;
}

const required = (words) => (value) => (value.trim() ? null : words);

const rules = {
  email: (value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim())
      ? null
      : 'Enter an e-mail address such as name@example.com.',
  fullName: required('Enter the name on the door.'),
  street: required('Enter a street and a number.'),
  postcode: (value) => (/^[A-Za-z0-9][A-Za-z0-9 -]{2,9}$/.test(value.trim()) ? null : 'Enter a postcode.'),
  city: required('Enter a town or city.'),
  country: (value) => (countries.includes(value) ? null : 'Choose a country we deliver to.'),
  deliverySlot: (value) =>
    deliverySlots.some((slot) => slot.id === value) ? null : 'Choose a time for the van.',
  cardNumber: (value) => (isCardNumber(value) ? null : 'Check the card number: 13 to 19 digits.'),
  cardExpiry: (value, nowMs) =>
    isExpiry(value, nowMs) ? null : 'Enter a month in the future, such as 08/29.',
  cardCvc: (value) => (/^\d{3,4}$/.test(value.trim()) ? null : 'Enter the 3 or 4 digits on the card.'),
  cardName: required('Enter the name on the card.'),
  oneTimeCode: (value) => (/^\d{6}$/.test(value.trim()) ? null : 'Enter the 6 digits your bank sent you.'),
};

export const checkedFields = Object.keys(rules);

/** The words to show beside a field, or null when it is fine. */
export function fieldError(name, value, nowMs) {
  return Object.hasOwn(rules, name) ? rules[name](value ?? '', nowMs) : null;
}

/** `{ street: 'Enter a street and a number.' }`; an empty object means the order can be placed. */
export function checkoutErrors(values, nowMs) {
  const errors = {};
  for (const name of checkedFields) {
    const error = fieldError(name, values[name], nowMs);
    if (error) errors[name] = error;
  }
  return errors;
}
