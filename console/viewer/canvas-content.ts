/**
 * CSS `content` that makes an element show a picture at a canvas's own size, however large the picture itself is. An SVG
 * image loads nothing but what is in it.
 */
export function canvasContent(widthPx: number, heightPx: number, picture: string): string {
  const image = picture.startsWith('data:image/')
    ? `<image width="100%" height="100%" preserveAspectRatio="none" href="${picture.replace(/["<>&]/g, '')}"/>`
    : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${image}</svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}
