/** Places of the settings. `isOfSite`: what only owners of the site may change. */
export const sections = [
  { id: 'general', name: 'General', isOfSite: true },
  { id: 'look', name: 'Look', isOfSite: true },
  { id: 'texts', name: 'Texts', isOfSite: true },
  { id: 'chat', name: 'Chat', isOfSite: true },
  { id: 'hours', name: 'Business hours', isOfSite: true },
  { id: 'identity', name: 'Identity', isOfSite: true },
  { id: 'visitors', name: 'Live visitors', isOfSite: true },
  { id: 'privacy', name: 'Privacy', isOfSite: true },
  { id: 'routing', name: 'Routing', isOfSite: true },
  { id: 'labels', name: 'Labels', isOfSite: false },
  { id: 'canned', name: 'Canned replies', isOfSite: false },
  { id: 'macros', name: 'Macros', isOfSite: false },
  { id: 'team', name: 'Team', isOfSite: false },
  { id: 'account', name: 'Your account', isOfSite: false },
] as const;
export type SettingsSection = (typeof sections)[number]['id'];

export const sectionGroups: ReadonlyArray<{ name: string; ids: readonly SettingsSection[] }> = [
  {
    name: 'Site',
    ids: ['general', 'look', 'texts', 'chat', 'hours', 'identity', 'visitors', 'privacy'],
  },
  { name: 'Answering', ids: ['routing', 'labels', 'canned', 'macros', 'team'] },
  { name: 'You', ids: ['account'] },
];

/** Where the field of an error stands: `texts.greeting` under Texts. */
export function sectionOf(path: string): SettingsSection {
  const part = path.split('.')[0] ?? '';
  if (part === 'liveVisitors') return 'visitors';
  if (part === 'recording') return 'privacy';
  if (part === 'cobrowse') return 'privacy';
  return sections.find(({ id }) => id === part)?.id ?? 'general';
}
