import { findProduct, finishes } from './catalogue.mjs';
import { picturePath } from './pages/product-card.mjs';
import {
  decodeConfiguration,
  describeChoice,
  encodeConfiguration,
  pieces,
  totalOf,
} from './public/js/configurator-model.js';

const maxQuantity = 20;
const maxLines = 30;
const configuredPictures = { sofa: 'bruno-sofa', armchair: 'odda-armchair', daybed: 'fjell-daybed' };

/** The name under which something lies in the cart, or null when the shop does not sell it. */
export function cartKey({ slug, finish, configuration }) {
  if (configuration) {
    const decoded = decodeConfiguration(configuration);
    return decoded && `configured:${encodeConfiguration(decoded.piece, decoded.choice)}`;
  }
  const product = findProduct(slug);
  if (!product) return null;
  return `${slug}:${product.finishes.includes(finish) ? finish : product.finishes[0]}`;
}

function clampQuantity(text) {
  const quantity = Number.parseInt(text ?? '1', 10);
  return Number.isNaN(quantity) ? 1 : Math.min(Math.max(quantity, 0), maxQuantity);
}

export function addToCart(cart, key, quantityText) {
  if (!cart.has(key) && cart.size >= maxLines) return;
  cart.set(key, Math.min((cart.get(key) ?? 0) + Math.max(clampQuantity(quantityText), 1), maxQuantity));
}

export function changeLine(cart, key, quantityText) {
  if (!cart.has(key)) return;
  const quantity = clampQuantity(quantityText);
  if (quantity === 0) cart.delete(key);
  else cart.set(key, quantity);
}

function describeLine(key, quantity) {
  if (key.startsWith('configured:')) {
    const { piece, choice } = decodeConfiguration(key.slice('configured:'.length));
    const product = findProduct(configuredPictures[piece]);
    const fabric = product.finishes.includes(choice.fabric) ? choice.fabric : product.finishes[0];
    return {
      key,
      quantity,
      name: `${pieces[piece].name}, your own`,
      detail: describeChoice(choice),
      price: totalOf(piece, choice),
      picture: picturePath(product, fabric),
      href: `/configurator/${piece}/summary`,
    };
  }
  const [slug, finish] = key.split(':');
  const product = findProduct(slug);
  return {
    key,
    quantity,
    name: product.name,
    detail: finishes[finish].name,
    price: product.price,
    picture: picturePath(product, finish),
    href: `/product/${slug}?finish=${finish}`,
  };
}

export function describeCart(session) {
  const lines = [...(session?.cart ?? [])].map(([key, quantity]) => describeLine(key, quantity));
  return {
    lines,
    count: lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotal: lines.reduce((sum, line) => sum + line.price * line.quantity, 0),
  };
}
