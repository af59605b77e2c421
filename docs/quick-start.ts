import { createOptimizer } from 'equiterra';

const accounts = Array.from({ length: 300 }, (_, a) => ({
  lat: 40 + 3 * Math.sin(a * 1.7),
  lng: -100 + 5 * Math.cos(a * 2.3),
  activity: { hours: 1 + (a % 7) },
}));
const { plan, evaluation } = await createOptimizer().optimize({ accounts, resolution: 4, territories: 8 });
console.log(plan.assignment, evaluation.feasible, evaluation.balance);
