import * as v from 'valibot';

export const roleSchema = v.picklist(['owner', 'agent']);
/** `owner` may change the site and the team; `agent` answers visitors. */
export type Role = v.InferOutput<typeof roleSchema>;

export const emailSchema = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254), v.email());
export const agentNameSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
/** Long enough to resist guessing, short enough to hash without being a way to burn our CPU. */
export const passwordSchema = v.pipe(v.string(), v.minLength(10), v.maxLength(200));

/** An agent as colleagues and visitors see them; visitors never get the e-mail address. */
export interface Agent {
  id: string;
  name: string;
  email: string;
  /** Colour of pointer and avatar, `#rrggbb`. */
  color: string;
  /** Id of the agent's picture, at `/avatar/ID`; null: initials on the colour. */
  avatar: string | null;
}

/** What an agent says of itself; without a connection it is offline, whatever it says. */
export const availabilitySchema = v.picklist(['online', 'away']);
export type Availability = v.InferOutput<typeof availabilitySchema>;

/** `offline`: no console is connected. */
export type AgentPresence = Availability | 'offline';

/** Open conversations an agent answers at once before new ones wait in the queue. */
export const capacitySchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));

export interface TeamMember extends Agent {
  role: Role;
  presence: AgentPresence;
  /** Null: the site's own capacity holds. */
  capacity: number | null;
  /** Open conversations that the agent answers on this site, at the time of asking. */
  openConversations: number;
}

/** What visitors see of an agent. */
export interface AgentCard {
  id: string;
  name: string;
  color: string;
  avatar: string | null;
}

/** Distinct in both themes and for colour-blind eyes (Okabe and Ito 2008, darkened for white text). */
export const agentColors = ['#0072b2', '#a34700', '#00755a', '#9c3d78', '#5b5ea6', '#7a5c00'] as const;
