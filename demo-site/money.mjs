const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** Whole euros, the shop's way: `euros(1240)` is `€ 1,240`. */
export function euros(amount) {
  return `€ ${whole.format(amount)}`;
}
