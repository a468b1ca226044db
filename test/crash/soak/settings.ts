/** How long and from where, as `npm run soak` was told. */
export const soak = {
  seed: Number(process.env['TAPEDECK_SOAK_SEED'] ?? 1),
  rounds: Number(process.env['TAPEDECK_SOAK_ROUNDS'] ?? 3),
  kills: Number(process.env['TAPEDECK_SOAK_KILLS'] ?? 2_000),
};
