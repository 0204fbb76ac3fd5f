/**
 * Browsers by their mark in the User-Agent header, the most special first: nearly all of them also claim to be Chrome
 * or Safari. The first group is the version.
 */
const browsers: ReadonlyArray<readonly [name: string, mark: RegExp]> = [
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Opera', /(?:OPR|OPiOS|OPT)\/(\d+)/],
  ['Vivaldi', /Vivaldi\/(\d+)/],
  ['Edge', /(?:Edg|EdgA|EdgiOS|Edge)\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:HeadlessChrome|Chrome|Chromium|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//],
];

const systems: ReadonlyArray<readonly [name: string, mark: RegExp]> = [
  ['iPhone', /iPhone|iPod/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['ChromeOS', /CrOS/],
  ['macOS', /Macintosh|Mac OS X/],
  ['Linux', /Linux|X11/],
];

/** "Chrome 156 on Windows" from a User-Agent header; "Unknown browser" when it is none that we know. */
export function browserName(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 1_000);
  for (const [name, mark] of browsers) {
    const version = mark.exec(text)?.[1];
    if (version === undefined) continue;
    const system = systems.find(([, systemMark]) => systemMark.test(text))?.[0];
    return system ? `${name} ${version} on ${system}` : `${name} ${version}`;
  }
  return 'Unknown browser';
}
