import { Zap } from 'lucide';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { Icon } from '../ui/icon.tsx';
import type { Choice } from './choice-menu.tsx';
import { type MacroStep, macroSteps } from './macro-words.ts';
import type { ConversationActions } from './use-conversation-actions.ts';
import { useTemplateValues } from './use-template-values.ts';
import './macro-steps.css';

/** Macros with what each will do here; one that cannot be done says which step stands in the way. */
export function useMacroChoices(
  row: InboxRow,
  actions: ConversationActions,
): { choices: Choice[]; nothing: string } {
  const { store } = useConsole();
  const { siteId, assignee } = row.conversation;
  const workspace = store.workspaceOf(siteId).value;
  const members = store.teamOf(siteId).value ?? [];
  const values = useTemplateValues(row);
  const facts = {
    values,
    labelNames: new Map((workspace?.labels ?? []).map(({ id, name }) => [id, name])),
    teamNames: new Map((workspace?.teams ?? []).map(({ id, name }) => [id, name])),
    agentNames: new Map(members.map(({ id, name }) => [id, name])),
    isUntaken: assignee === null,
  };
  const macros = workspace?.macros ?? [];
  return {
    nothing:
      macros.length === 0 ? 'No macros yet. Make them under Settings, Macros.' : 'No macro of this name.',
    choices: macros.map((macro) => {
      const steps = macroSteps(macro, facts);
      const faulty = steps.findIndex(({ fault }) => fault !== null);
      return {
        id: macro.id,
        name: macro.name,
        lead: <Icon node={Zap} />,
        detail: steps.length === 1 ? '1 step' : `${steps.length} steps`,
        fault: faulty < 0 ? null : `Step ${faulty + 1} cannot be done here.`,
        preview: <MacroSteps steps={steps} />,
        onChoose: () => actions.runMacro(macro),
      };
    }),
  };
}

function MacroSteps({ steps }: { steps: readonly MacroStep[] }) {
  return (
    <ol class="macro-steps">
      {steps.map((step, index) => (
        <li key={index}>
          {step.words}
          {step.text === null ? null : (
            <q class="macro-text" dir="auto">
              {step.text}
            </q>
          )}
          {step.fault === null ? null : <span class="macro-fault">{step.fault}</span>}
        </li>
      ))}
    </ol>
  );
}
