import type { TemplateValues } from '../../shared/model/template.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { templateValues } from './template-filling.ts';

/** Values of the variables in this conversation. */
export function useTemplateValues({ conversation, visitor }: InboxRow): TemplateValues {
  const { store } = useConsole();
  const site = store.sites.value.find((one) => one.site.id === conversation.siteId)?.site;
  return templateValues({
    visitor: {
      name: visitor.name ?? visitor.mergedInto?.name ?? null,
      email: visitor.email ?? visitor.mergedInto?.email ?? null,
    },
    agent: { name: store.agent.value?.name ?? '' },
    site: { name: site?.settings.name ?? '' },
    conversationId: conversation.id,
  });
}
