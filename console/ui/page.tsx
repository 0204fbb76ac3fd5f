import type { ComponentChildren } from 'preact';
import './page.css';

export interface PageProps {
  title: string;
  /** At the end of the bar. */
  tools?: ComponentChildren;
  children: ComponentChildren;
}

/** A page with a bar that stays and a body that scrolls. */
export function Page({ title, tools, children }: PageProps) {
  return (
    <main class="page">
      <header class="page-bar">
        <h1>{title}</h1>
        {tools}
      </header>
      <div class="page-body scrolls">
        <div class="page-column">{children}</div>
      </div>
    </main>
  );
}
