import { formatIsoUtc } from '#shared/domain/zone-time';
import { DAY } from '#shared/units';
import { audits } from '#schemas/datasets/audits';
import { decisions } from '#schemas/datasets/decisions';
import { policies } from '#schemas/datasets/policies';
import { stats } from '#schemas/datasets/stats';
import type { Dataset } from '#schemas/define-dataset';
import type { DemoMarket } from './demo-market.ts';
import { demoRow, type DatasetRows, type TimedRow, type Values } from './demo-rows.ts';
import type { TradeDecision } from './find-trades.ts';

const timeframe = '5m';
const policyVersion = '1.0';
/** Risked in each trade, in quote currency; a position that is far beyond it is worth a second look. */
const usualRisk = 500;

/** What the program that trades the demo market would have written down: the same every time. */
export function demoJournal({ decisions: bySymbol }: DemoMarket): readonly DatasetRows[] {
  const all = [...bySymbol].filter(([, made]) => made.length > 0);
  return [
    {
      dataset: decisions,
      rows: all.flatMap(([symbol, made]) =>
        made.map((decision, index) => rowOf(decisions, symbol, decisionValues(symbol, decision, index))),
      ),
    },
    {
      dataset: audits,
      rows: all.flatMap(([symbol, made]) =>
        made.flatMap((decision, index) =>
          decision.action === 'skip' ? [] : [rowOf(audits, symbol, auditValues(symbol, decision, index))],
        ),
      ),
    },
    {
      dataset: stats,
      rows: all.flatMap(([symbol, made]) =>
        dailyProfits(made).map((values) => rowOf(stats, symbol, { ...values, timeframe: '1d' })),
      ),
    },
    { dataset: policies, rows: all.map(([symbol, made]) => rowOf(policies, symbol, policyValues(made))) },
  ];
}

function decisionValues(symbol: string, decision: TradeDecision, index: number): Values {
  const { ts, action, price, quantity, reason, signal, trade } = decision;
  return {
    run_id: runOf(ts),
    decision_id: nameOf(symbol, index),
    ts,
    action,
    price,
    quantity,
    policy_version: policyVersion,
    object_id: signal.objectId,
    reason,
    payload: JSON.stringify({ cause: signal.cause, stop: signal.stop, target: signal.target, trade }),
  };
}

function auditValues(symbol: string, decision: TradeDecision, index: number): Values {
  const { ts, price, quantity, signal, action, profit } = decision;
  const isExit = action === 'exit';
  const risk = isExit ? -(profit ?? 0) : Math.abs(price - signal.stop) * (quantity ?? 0);
  const isUsual = risk <= usualRisk * 1.5;
  return {
    run_id: runOf(ts),
    audit_id: `${nameOf(symbol, index)}-risk`,
    ts,
    rule: isExit ? 'loss-per-trade' : 'risk-per-trade',
    outcome: isUsual ? 'pass' : 'warn',
    decision_id: nameOf(symbol, index),
    message: `${risk.toFixed(0)} of ${usualRisk} ${isExit ? 'lost' : 'at risk'}`,
  };
}

function dailyProfits(made: readonly TradeDecision[]): readonly Values[] {
  const byDay = new Map<number, number>();
  for (const { ts, profit } of made) {
    const day = Math.floor(ts / DAY) * DAY;
    if (profit !== null) byDay.set(day, (byDay.get(day) ?? 0) + profit);
  }
  return [...byDay].map(([ts, profit]) => ({
    run_id: runOf(ts),
    name: 'profit',
    ts,
    value: Math.round(profit * 100) / 100,
    unit: 'quote currency',
  }));
}

function policyValues(made: readonly TradeDecision[]): Values {
  const first = made.reduce((least, { ts }) => Math.min(least, ts), Infinity);
  return {
    policy_version: policyVersion,
    ts: Math.floor(first / DAY) * DAY,
    name: 'zones-and-flags',
    change: 'first version',
    payload: JSON.stringify({ riskPerTrade: usualRisk, leastRewardToRisk: 0.8, positionsAtOnce: 1 }),
  };
}

function rowOf(dataset: Dataset, symbol: string, given: Values): TimedRow {
  return demoRow(dataset, symbol, { timeframe, ...given });
}

/** A run of the program is a UTC day. */
function runOf(ts: number): string {
  return `demo-${formatIsoUtc(ts).slice(0, 10)}`;
}

function nameOf(symbol: string, index: number): string {
  return `${symbol}-${String(index + 1).padStart(4, '0')}`;
}
