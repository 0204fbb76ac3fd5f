import * as v from 'valibot';
import { maxMessageChars } from '../limits.ts';
import { priorities } from './conversation.ts';
import { idSchema } from './ids.ts';

const name = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
const color = v.pipe(
  v.string(),
  v.regex(/^#[0-9a-f]{6}$/i),
  v.transform((text) => text.toLowerCase()),
);

export const labelSchema = v.strictObject({
  kind: v.literal('label'),
  id: idSchema('label'),
  name: name(40),
  color,
});
/** A mark on conversations, e.g. "refund". */
export type Label = v.InferOutput<typeof labelSchema>;

export const teamSchema = v.strictObject({
  kind: v.literal('team'),
  id: idSchema('team'),
  name: name(60),
  agentIds: v.pipe(v.array(idSchema('agent')), v.maxLength(500)),
});
/** Agents who answer together, e.g. "Returns". */
export type Team = v.InferOutput<typeof teamSchema>;

export const cannedReplySchema = v.strictObject({
  kind: v.literal('canned'),
  id: idSchema('canned'),
  /** What an agent types after `/`: lower-case letters, digits, `-` and `_`. */
  shortcut: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[\p{L}\p{N}_-]{1,40}$/u)),
  /** May hold variables, see `template.ts`. */
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxMessageChars)),
});
/** A text that agents send often. */
export type CannedReply = v.InferOutput<typeof cannedReplySchema>;

export const macroActionSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('send'),
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxMessageChars)),
  }),
  v.strictObject({
    do: v.literal('note'),
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxMessageChars)),
  }),
  /** To the agent who runs the macro. */
  v.strictObject({ do: v.literal('assign_me') }),
  v.strictObject({
    do: v.literal('assign'),
    agentId: v.nullable(idSchema('agent')),
    teamId: v.nullable(idSchema('team')),
  }),
  v.strictObject({
    do: v.literal('label'),
    added: v.pipe(v.array(idSchema('label')), v.maxLength(20)),
    removed: v.pipe(v.array(idSchema('label')), v.maxLength(20)),
  }),
  v.strictObject({ do: v.literal('priority'), priority: v.picklist(priorities) }),
  v.strictObject({
    do: v.literal('snooze'),
    /** Minutes from when it runs. */
    minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60 * 24 * 90)),
  }),
  v.strictObject({ do: v.literal('close') }),
]);
export type MacroAction = v.InferOutput<typeof macroActionSchema>;

export const maxMacroActions = 10;

export const macroSchema = v.strictObject({
  kind: v.literal('macro'),
  id: idSchema('macro'),
  name: name(60),
  actions: v.pipe(v.array(macroActionSchema), v.minLength(1), v.maxLength(maxMacroActions)),
});
/** Several actions in one, done together or not at all. */
export type Macro = v.InferOutput<typeof macroSchema>;

export const workspaceItemSchema = v.variant('kind', [
  labelSchema,
  teamSchema,
  cannedReplySchema,
  macroSchema,
]);
export type WorkspaceItem = v.InferOutput<typeof workspaceItemSchema>;
export type WorkspaceKind = WorkspaceItem['kind'];

/** What the agents of a site share. Each list is sorted by name or shortcut. */
export interface Workspace {
  labels: Label[];
  teams: Team[];
  canned: CannedReply[];
  macros: Macro[];
}

/** Teams belong to the owner; labels, canned replies and macros to everybody who answers. */
export function isOwnersItem(kind: WorkspaceKind): boolean {
  return kind === 'team';
}
