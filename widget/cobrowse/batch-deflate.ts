type Bytes = Uint8Array<ArrayBuffer>;

/**
 * From here on the browser's own compression is better, and it runs beside the page; it knows no dictionary. Below,
 * this page compresses by itself in about a millisecond, which no worker would make shorter: a worker needs a place in
 * the page's Content-Security-Policy, and asking for one that is not there is reported to the page's owner.
 */
const largeBytes = 16 * 1024;

/** One raw deflate stream (RFC 1951) whose preset dictionary is the text before it. */
export async function deflateBatch(bytes: Bytes, dictionary: Uint8Array): Promise<Bytes> {
  if (bytes.length < largeBytes) return deflateSmall(bytes, dictionary);
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const windowBytes = 32_768;
const longestMatch = 258;
/** Earlier places that are tried for a match. More of them gain next to nothing in JSON of this size. */
const maxTries = 48;
const hashBits = 15;

/**
 * Matches by hash chains over dictionary and bytes, written with the fixed codes: what a batch gains comes from what
 * stood before it, and a code table of its own would cost it about as much as it saves.
 */
export function deflateSmall(bytes: Uint8Array, dictionary: Uint8Array): Bytes {
  const start = dictionary.length;
  const all = new Uint8Array(start + bytes.length);
  all.set(dictionary);
  all.set(bytes, start);
  const heads = new Int32Array(1 << hashBits).fill(-1);
  const chain = new Int32Array(all.length);
  // The longest code of a byte is 9 bits.
  const out = new Uint8Array(bytes.length + (bytes.length >> 3) + 16);
  let place = 0;
  let bits = 0;
  let count = 0;

  const at = (index: number) => all[index] ?? 0;
  function write(value: number, width: number): void {
    bits |= value << count;
    count += width;
    for (; count >= 8; count -= 8) {
      out[place++] = bits;
      bits >>>= 8;
    }
  }
  /** Huffman codes stand with their first bit first. */
  function writeCode(code: number, width: number): void {
    let reversed = 0;
    for (let bit = 0; bit < width; bit++) reversed |= ((code >> bit) & 1) << (width - 1 - bit);
    write(reversed, width);
  }
  function writeSymbol(symbol: number): void {
    if (symbol < 144) writeCode(0x30 + symbol, 8);
    else if (symbol < 256) writeCode(0x190 + symbol - 144, 9);
    else if (symbol < 280) writeCode(symbol - 256, 7);
    else writeCode(0xc0 + symbol - 280, 8);
  }
  /** Lengths and distances go in steps that double: `perStep` codes of each width of extra bits. */
  function stepOf(value: number, perStep: 2 | 4): [code: number, extra: number, width: number] {
    if (value < perStep * 2) return [value, 0, 0];
    const width = 31 - Math.clz32(value) - (perStep === 4 ? 2 : 1);
    return [perStep * width + (value >> width), value & ((1 << width) - 1), width];
  }
  function writeMatch(length: number, distance: number): void {
    const [code, extra, width] = length === longestMatch ? [28, 0, 0] : stepOf(length - 3, 4);
    writeSymbol(257 + code);
    write(extra, width);
    const [distanceCode, distanceExtra, distanceWidth] = stepOf(distance - 1, 2);
    writeCode(distanceCode, 5);
    write(distanceExtra, distanceWidth);
  }
  function remember(index: number): number {
    if (index + 2 >= all.length) return -1;
    const hash =
      Math.imul((at(index) << 16) | (at(index + 1) << 8) | at(index + 2), 0x9e3779b1) >>> (32 - hashBits);
    const earlier = heads[hash] ?? -1;
    chain[index] = earlier;
    heads[hash] = index;
    return earlier;
  }

  for (let index = 0; index < start; index++) remember(index);
  write(3, 3);
  let index = start;
  while (index < all.length) {
    let candidate = remember(index);
    let length = 0;
    let distance = 0;
    const longest = Math.min(longestMatch, all.length - index);
    for (let tries = 0; candidate >= 0 && index - candidate <= windowBytes && tries < maxTries; tries++) {
      if (at(candidate + length) === at(index + length)) {
        let same = 0;
        while (same < longest && at(candidate + same) === at(index + same)) same += 1;
        if (same > length) [length, distance] = [same, index - candidate];
        if (length === longest) break;
      }
      candidate = chain[candidate] ?? -1;
    }
    if (length < 3) {
      writeSymbol(at(index));
      index += 1;
      continue;
    }
    writeMatch(length, distance);
    for (const end = index + length; ++index < end; ) remember(index);
  }
  writeSymbol(256);
  write(0, 7);
  return out.slice(0, place);
}
