import { fitOf } from '../data/match-words.ts';
import { sections, type Command, type Section } from '../state/commands/command.ts';

/** A part of the list of commands under one heading; without one for what was found by typing. */
export interface CommandGroup {
  readonly heading: Section | 'Recent' | null;
  readonly commands: readonly Command[];
}

/** The commands that fit what was typed, the best one first; before anything is typed the recent ones, then all. */
export function findCommands(
  commands: readonly Command[],
  typed: string,
  recent: readonly string[],
): readonly CommandGroup[] {
  const groups =
    typed.trim() === '' ? groupedCommands(commands, recent) : [matching(commands, typed, recent)];
  return groups.filter((group) => group.commands.length > 0);
}

function groupedCommands(commands: readonly Command[], recent: readonly string[]): readonly CommandGroup[] {
  const byId = new Map(commands.map((command) => [command.id, command]));
  return [
    { heading: 'Recent', commands: recent.flatMap((id) => byId.get(id) ?? []) },
    ...sections.map((heading) => ({
      heading,
      commands: commands.filter(({ section }) => section === heading),
    })),
  ];
}

function matching(commands: readonly Command[], typed: string, recent: readonly string[]): CommandGroup {
  const ranked = commands
    .flatMap((command) => {
      const fit = commandFit(command, typed);
      return fit === null ? [] : [{ command, fit: fit + (recent.includes(command.id) ? 0.5 : 0) }];
    })
    .sort((a, b) => b.fit - a.fit);
  // Letters that are only scattered over a title are what was meant where nothing holds the word itself.
  const hasWhole = (ranked[0]?.fit ?? 0) >= wholeFit;
  return {
    heading: null,
    commands: ranked.filter(({ fit }) => !hasWhole || fit >= wholeFit).map(({ command }) => command),
  };
}

const wholeFit = 1.9;

/** What is found by its title comes before what is found by its section or another word. */
function commandFit({ title, section, words = '' }: Command, typed: string): number | null {
  const byTitle = fitOf(typed, title);
  if (byTitle !== null && byTitle >= wholeFit) return byTitle + 1;
  const byWords = fitOf(typed, `${title} ${section} ${words}`);
  return byTitle === null || byWords === null ? (byTitle ?? byWords) : Math.max(byTitle, byWords);
}
