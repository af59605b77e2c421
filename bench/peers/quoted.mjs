/**
 * Figures of KaHIP 3.25, native, one thread, median of three, measured on another 2-core machine (its cores shared: trust
 * ratios, not seconds). Quoted where KaHIP cannot be run; deviations are shares of the mean load.
 */
export const KAHIP_QUOTED = [
  quote('colorado-res6-k10', 'kahip eco i1', 0.117, 0.01, -0.021, 3, 494, 2.706e10),
  quote('colorado-res6-k10', 'kahip strong i1, connected', 1.331, 0.01, -0.029, 0, 503, 2.225e10),
  quote('colorado-res6-k10', 'kahip strong i3, connected', 0.774, 0.03, -0.055, 0, 468, 1.775e10),
  quote('us-res5-k50', 'kahip eco i1', 0.966, 0.01, -0.055, 12, 3519, 2.084e13),
  quote('us-res5-k50', 'kahip strong i1, connected', 25.813, 0.01, -0.072, 0, 3140, 9.372e12),
  quote('us-res5-k50', 'kahip strong i3, connected', 16.062, 0.03, -0.305, 0, 3097, 8.245e12),
  quote('us-res5-k200', 'kahip eco i1', 1.205, 0.01, -0.038, 72, 7381, 6.042e12),
];

function quote(name, tool, seconds, heaviest, lightest, pieces, cut, inertia) {
  const measures = [{ name: 'population', heaviest, lightest }];
  return { name, tool: `${tool} (quoted)`, wallMs: 1000 * seconds, measured: { pieces, cut, inertia, measures } };
}
