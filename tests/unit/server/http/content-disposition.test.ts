import { expect, it } from 'vitest';
import { attachment } from '../../../../server/http/content-disposition.ts';

it.each([
  ['plan.pdf', `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`],
  [
    'Müller “final” (1).pdf',
    `attachment; filename="M_ller _final_ (1).pdf"; filename*=UTF-8''M%C3%BCller%20%E2%80%9Cfinal%E2%80%9D%20%281%29.pdf`,
  ],
  [
    `a"; filename="evil.html`,
    `attachment; filename="a_; filename=_evil.html"; filename*=UTF-8''a%22%3B%20filename%3D%22evil.html`,
  ],
  ['100%.txt', `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`],
  ['写真.png', `attachment; filename="__.png"; filename*=UTF-8''%E5%86%99%E7%9C%9F.png`],
  ['😀.png', `attachment; filename="_.png"; filename*=UTF-8''%F0%9F%98%80.png`],
  ['half \ud83d.png', `attachment; filename="half _.png"; filename*=UTF-8''half%20_.png`],
])('%s keeps its name and stays inside its quotes', (name, header) => {
  expect(attachment(name)).toBe(header);
});
