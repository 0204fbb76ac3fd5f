import type { Page } from '../../shared/model/page.ts';

/** What to call a page: its title, else its path, else its host. */
export function pageName({ url, title }: Page): string {
  if (title.trim() !== '') return title;
  if (!URL.canParse(url)) return 'Unknown page';
  const { pathname, host } = new URL(url);
  return pathname === '/' ? host : pathname;
}
