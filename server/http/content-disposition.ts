/**
 * `attachment` with a file's name, by RFC 6266: once in plain ASCII for old programs, once in full.
 *
 * @example attachment('Müller “final”.pdf')
 * // attachment; filename="M_ller _final_.pdf"; filename*=UTF-8''M%C3%BCller%20%E2%80%9Cfinal%E2%80%9D.pdf
 */
export function attachment(name: string): string {
  // A lone half of a surrogate pair cannot be written as UTF-8.
  const whole = name.replace(/\p{Surrogate}/gu, '_');
  const plain = whole.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  const full = encodeURIComponent(whole).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
