import type { SiteSettings } from '../../shared/model/site.ts';

/** What each section that edits the site gets. */
export interface SiteSectionProps {
  settings: SiteSettings;
  errors: Readonly<Record<string, string>>;
  /** The agent is not an owner: everything can be read, nothing changed. */
  readOnly: boolean;
  onChange: (change: Partial<SiteSettings>) => void;
}
