/** Text as it is compared: without case and accents. Remembers where in the original each part of it came from. */
export interface FoldedText {
  text: string;
  /** Where the original of the character at this place begins, in UTF-16 code units. */
  startOf(place: number): number;
  /** Where it ends. */
  endOf(place: number): number;
}

/** A letter with its marks. A run of Korean single letters (jamo) makes syllables together. */
const clusters = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|\P{M}\p{M}*|\p{M}+/gsu;

/** Elsewhere marks are vowels, or make another letter. */
const hasLooseMarks = /^[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}]/u;

/** Letters that people write without their stroke, and that Unicode does not take apart. */
const plainLetters: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  þ: 'th',
  ŧ: 't',
};

function foldedCluster(cluster: string): string {
  const apart = cluster.normalize('NFKD');
  const plain = hasLooseMarks.test(apart) ? apart.replace(/\p{M}/gu, '') : apart;
  // By way of upper case, which writes out ß and has one sigma.
  const lower = plain.toUpperCase().toLowerCase();
  return (plainLetters[lower] ?? lower).normalize('NFC');
}

/** `foldedText('Größe').text` is `'grosse'`; place 4 and 5 of it are place 3 of the original. */
export function foldedText(original: string): FoldedText {
  if (!/[\u0080-\uffff]/.test(original)) {
    return {
      text: original.toLowerCase(),
      startOf: (place) => place,
      endOf: (place) => place + 1,
    };
  }
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of original.matchAll(clusters)) {
    const folded = foldedCluster(cluster);
    for (let count = 0; count < folded.length; count += 1) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
    text += folded;
  }
  return {
    text,
    startOf: (place) => starts[place] ?? original.length,
    endOf: (place) => ends[place] ?? original.length,
  };
}
