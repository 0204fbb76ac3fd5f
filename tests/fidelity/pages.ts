import type { FidelityPage } from './page.ts';
import { documentPages } from './pages/documents.ts';
import { formPages } from './pages/forms.ts';
import { interactionPages } from './pages/interaction.ts';
import { layoutPages } from './pages/layout.ts';
import { mediaPages } from './pages/media.ts';
import { stylePages } from './pages/styles.ts';

export const allPages: readonly FidelityPage[] = [
  ...stylePages,
  ...layoutPages,
  ...documentPages,
  ...interactionPages,
  ...formPages,
  ...mediaPages,
];
