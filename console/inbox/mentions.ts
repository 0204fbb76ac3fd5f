/** Somebody a note can be meant for. */
export interface Mentionable {
  id: string;
  name: string;
}

export interface MentionPart {
  text: string;
  /** The agent whose `@Name` this part is. */
  agent?: Mentionable;
}

const wordSign = /[\p{L}\p{N}_]/u;

/** Splits text at `@Name` of these agents. Of names that begin alike the longest counts. */
export function mentionParts(text: string, agents: readonly Mentionable[]): MentionPart[] {
  const longestFirst = [...agents].sort((a, b) => b.name.length - a.name.length);
  const lower = text.toLowerCase();
  const parts: MentionPart[] = [];
  let end = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    // The @ of an e-mail address names nobody.
    if (at < end || (at > 0 && wordSign.test(text.charAt(at - 1)))) continue;
    const agent = longestFirst.find(({ name }) => {
      const after = text.charAt(at + 1 + name.length);
      return lower.startsWith(name.toLowerCase(), at + 1) && !wordSign.test(after);
    });
    if (!agent) continue;
    if (at > end) parts.push({ text: text.slice(end, at) });
    end = at + 1 + agent.name.length;
    parts.push({ text: text.slice(at, end), agent });
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Ids of the agents whom a note mentions, each once. */
export function mentionedIn(text: string, agents: readonly Mentionable[]): string[] {
  return [...new Set(mentionParts(text, agents).flatMap(({ agent }) => agent?.id ?? []))];
}
