import type { Page } from 'playwright';

export interface Picture {
  /** Percent of pixels that look the same in both. */
  equalPercent: number;
  /** The differing ones in red, as a data URL. */
  difference: string;
}

/**
 * Two colours count as the same up to this share of the largest distance in YIQ, the measure of what an eye tells
 * apart (pixelmatch uses it, too): 0.1 forgives the smoothing of an edge and no colour.
 */
export const colourThreshold = 0.1;

/** Compares two PNG pictures in a browser of its own page, which has all that is needed to read them. */
export async function comparePictures(page: Page, first: Buffer, second: Buffer): Promise<Picture> {
  return page.evaluate(
    async ([one, two, threshold]) => {
      const read = async (base64: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        return image;
      };
      const images = [await read(one), await read(two)] as const;
      // A page that is wider than its window is shown in another scale on each side.
      const { width, height } = images[0];
      const [a, b] = images.map((image) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context?.drawImage(image, 0, 0, width, height);
        return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      }) as [Uint8ClampedArray, Uint8ClampedArray];
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d');
      const shown = new ImageData(width, height);
      // 35,215 is the largest distance there is.
      const limit = 35_215 * threshold * threshold;
      let equal = 0;
      for (let at = 0; at < a.length; at += 4) {
        const [red, green, blue] = [0, 1, 2].map((i) => (a[at + i] ?? 0) - (b[at + i] ?? 0)) as [
          number,
          number,
          number,
        ];
        const y = red * 0.29889531 + green * 0.58662247 + blue * 0.11448223;
        const i = red * 0.59597799 - green * 0.2741761 - blue * 0.32180189;
        const q = red * 0.21147017 - green * 0.52261711 + blue * 0.31114694;
        const isEqual = a[at + 3] === b[at + 3] && 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q <= limit;
        if (isEqual) equal += 1;
        const grey = 255 - (255 - (a[at] ?? 0)) * 0.15;
        shown.data.set(isEqual ? [grey, grey, grey, 255] : [220, 20, 60, 255], at);
      }
      context?.putImageData(shown, 0, 0);
      return { equalPercent: (100 * equal) / (width * height), difference: canvas.toDataURL('image/png') };
    },
    [first.toString('base64'), second.toString('base64'), colourThreshold] as const,
  );
}
