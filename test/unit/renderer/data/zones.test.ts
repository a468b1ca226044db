import { describe, expect, it } from 'vitest';
import { allZones, matchingZones, placeOfZone } from '../../../../renderer/data/zones.ts';

describe('zones', () => {
  it('are all that the platform knows, each once', () => {
    expect(allZones()[0]).toBe('UTC');
    expect(new Set(allZones()).size).toBe(allZones().length);
    expect(allZones().length).toBeGreaterThan(300);
  });

  it('are found by any words of their name', () => {
    expect(matchingZones('new york')).toEqual(['America/New_York']);
    expect(matchingZones('tok as')).toEqual(['Asia/Tokyo']);
    expect(matchingZones('nowhere')).toEqual([]);
  });

  it('are called by their place', () => {
    expect(placeOfZone('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
  });
});
