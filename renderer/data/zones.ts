let known: readonly string[] | undefined;

/** Every time zone that the platform knows, UTC first. */
export function allZones(): readonly string[] {
  known ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
  return known;
}

/** Zones of whose name every typed word begins a part: `new york`, `asia tok`. */
export function matchingZones(typed: string): readonly string[] {
  const words = partsOf(typed);
  return allZones().filter((zone) => {
    const parts = partsOf(zone);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
}

function partsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s/_-]+/)
    .filter((part) => part !== '');
}

/** `Tokyo` of `Asia/Tokyo`. */
export function placeOfZone(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
