import { counted } from '#shared/counted';
import {
  accuracyWeight,
  completenessWeight,
  coverageRules,
  findingKinds,
  findingMeanings,
  scoreFormula,
  type Advice,
  type SeriesQuality,
} from '#shared/domain/quality';
import { useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { DialogHead } from '../../ui/dialog-head.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './quality-panel.module.css';
import { shareText } from './quality-wording.ts';

export interface ScoreCardProps {
  readonly quality: SeriesQuality;
  /** Lists what a piece of advice is about. */
  readonly onAdvice: (advice: Advice) => void;
}

/** The score with what it is made of, and what to do. */
export function ScoreCard({ quality: { score, advice }, onAdvice }: ScoreCardProps) {
  const [isExplained, setExplained] = useState(false);
  return (
    <section className={styles.card} aria-label="Score" tabIndex={0}>
      <div className={styles.score}>
        <span className={styles.grade} aria-label={`Grade ${score.grade ?? 'none'}`}>
          {score.grade ?? '–'}
        </span>
        <span className={styles.points}>{score.score === null ? '–' : score.score.toFixed(1)}</span>
        <TextButton onClick={() => setExplained(true)}>How it is judged</TextButton>
      </div>
      <dl className={styles.parts}>
        <dt>
          Completeness <small>× {completenessWeight * 100}</small>
        </dt>
        <dd>{shareText(score.completeness)}</dd>
        <dd className={styles.small}>
          {formatCount(score.coveredBars)} of {formatCount(score.expectedBars)} expected bars
        </dd>
        <dt>
          Accuracy <small>× {accuracyWeight * 100}</small>
        </dt>
        <dd>{shareText(score.accuracy)}</dd>
        <dd className={styles.small}>
          {formatCount(score.validRows)} of {counted(score.rows, 'row')} valid
        </dd>
      </dl>
      <p className={styles.heading}>What to do</p>
      <ul className={styles.advice}>
        {advice.map((each) => (
          <li key={`${each.about} ${each.text}`}>
            {isListed(each) ? (
              <button type="button" className={styles.link} onClick={() => onAdvice(each)}>
                {each.text}
              </button>
            ) : (
              each.text
            )}
          </li>
        ))}
      </ul>
      {isExplained && <Rules onClose={() => setExplained(false)} />}
    </section>
  );
}

/** Whether there are rows in one of the lists that it is about. */
function isListed({ about }: Advice): boolean {
  return about !== 'quiet' && about !== 'files' && about !== 'calendar' && about !== 'all';
}

function Rules({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog label="How it is judged" onClose={onClose} className={styles.rules}>
      <DialogHead title="How it is judged" onClose={onClose} />
      <div className={styles.ruleText} tabIndex={0} data-autofocus>
        <p>{scoreFormula}.</p>
        <h2>What is expected</h2>
        <ul>
          {coverageRules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <h2>What is found</h2>
        <dl>
          {findingKinds.map((kind) => (
            <div key={kind}>
              <dt>
                {findingMeanings[kind].title} <small>{weightWords[findingMeanings[kind].weight]}</small>
              </dt>
              <dd>{findingMeanings[kind].rule}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}

const weightWords = { error: 'not valid', suspect: 'to be looked at', note: 'no harm' } as const;
