import { runTask } from '../child.mjs';
import { cell, decimal, ratio, scientific, seconds, signed, table } from '../markdown.mjs';
import { installPeers } from '../peers/install.mjs';
import {
  findKahip,
  findMetis,
  KAHIP_ADVICE,
  KAHIP_SETUPS,
  METIS_ADVICE,
  METIS_SETUPS,
} from '../peers/partitioners.mjs';
import { KAHIP_QUOTED } from '../peers/quoted.mjs';
import { SCRIPT_PEERS } from '../peers/script-peers.mjs';
import { betterPeers, ownRows } from './own-rows.mjs';
import { fieldsOf } from './solve-instances.mjs';

/** `polygons`: also the peers that work on polygons; `limit` in seconds for each script; `slow`: also what takes minutes. */
const CASES = [
  { name: 'colorado-res6-k10', polygons: true, limit: 60, slow: true },
  { name: 'us-res5-k50', polygons: true, limit: 30, slow: true },
  { name: 'us-res5-k200', limit: 30, slow: true },
  { name: 'us-res6-k200', limit: 30, slow: true },
  { name: 'us-res6-k1000', limit: 0 },
  { name: 'us-res7-k1000', limit: 0, huge: true },
];

/** The process of a script also builds the problem; a limit is on top of this. */
const LOADING_MS = 10_000;

export const PEERS = {
  name: 'peers',
  title: 'Peers on the same problems',
  async run({ quick, log }) {
    const [metis, kahip] = [findMetis(), findKahip()];
    const advice = [metis ? null : METIS_ADVICE, kahip ? null : `${KAHIP_ADVICE}: its figures are quoted`].filter(
      Boolean,
    );
    const manifest = await installPeers(log).catch((error) => {
      advice.push(`The JavaScript peers could not be installed: ${error.message.split('\n')[0]}`);
      return null;
    });
    for (const line of advice) log(line);
    const instances = [];
    for (const { name, polygons, limit, slow, huge } of CASES) {
      if (quick && huge) continue;
      const setups = [...(metis ? METIS_SETUPS : []), ...(kahip ? KAHIP_SETUPS : [])].filter(
        (setup) => slow || !setup.slow,
      );
      const native = await runTask('partition', { h3: name, setups, metis, kahip }, { limitMs: 15 * 60_000, log });
      const peers = fieldsOf(native.lines, 'peer');
      if (native.error) peers.push({ tool: 'METIS and KaHIP', error: native.error });
      for (const [tool, { graph = false }] of Object.entries(SCRIPT_PEERS)) {
        if (!manifest || limit === 0 || (graph && !polygons)) continue;

        const limitMs = (quick ? limit / 5 : limit) * 1000 + LOADING_MS;
        const { lines, error } = await runTask('script-peer', { h3: name, tool, manifest }, { limitMs, log });
        peers.push(fieldsOf(lines, 'peer')[0] ?? { tool, error: error ?? 'ended without a result' });
      }
      if (!kahip) peers.push(...KAHIP_QUOTED.filter((quoted) => quoted.name === name));
      instances.push({ name, peers });
      log(`${name}: ${peers.length} peers`);
    }
    return { instances, advice };
  },
  measure: () => ({}),
  details({ instances, advice }, groups) {
    const parts = instances.map(({ name, peers }) => {
      const own = ownRows(name, groups);
      const rows = [...own, ...peers].map((row) => peerRow(row, own));
      const head = [
        'tool',
        'time',
        'heaviest',
        'lightest',
        '2nd measure',
        'in pieces',
        'within ±1 %',
        'cut',
        'inertia',
        'cut against ours',
        'inertia against ours',
        'note',
      ];
      return `**${name}**\n\n${table(head, rows)}\n\n${lossText(betterPeers(own, peers))}`;
    });
    return [
      'Heaviest and lightest are relative to the mean load. “Against ours” is their figure divided by that of our plan for that objective: above 1 we are better. No peer but METIS and KaHIP takes a balance into account, and these bound the heaviest only.',
      ...parts,
      ...advice,
    ].join('\n\n');
  },
};

function peerRow({ tool, wallMs, measured, error }, own) {
  if (!measured) return [tool, seconds(wallMs), ...Array(9).fill(null), error];
  const [first, second] = measured.measures;
  const cut = own.find((row) => row.goal === 'cut');
  const inertia = own.find((row) => row.goal === 'inertia');
  return [
    tool,
    seconds(wallMs),
    signed(first.heaviest),
    signed(first.lightest),
    signed(second?.heaviest),
    cell(measured.pieces),
    bandText(measured.feasible),
    cell(measured.cut),
    scientific(measured.inertia),
    decimal(ratio(measured.cut, cut?.measured.cut)),
    decimal(ratio(measured.inertia, inertia?.measured.inertia)),
    null,
  ];
}

/** Quoted figures do not say. */
function bandText(feasible) {
  return feasible === undefined ? null : feasible ? 'yes' : 'no';
}

function lossText(losses) {
  if (losses.length === 0) return 'No peer has the better figure here.';
  return `Better than ours: ${losses.join('; ')}.`;
}
