import { CloudOff, Star } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/errors.ts';
import type { SatisfactionResults } from '../../shared/model/survey.ts';
import type { SatisfactionAnswer } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { usePageTitle } from '../page-title.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AnswerList } from './answer-list.tsx';
import { Distribution } from './distribution.tsx';
import { type Period, periodStartMs, periods } from './period.ts';
import { percent, responseWords, shareWords } from './results-words.ts';
import './feedback-page.css';

type Fetched =
  | { phase: 'loading' }
  | { phase: 'refused'; refusal: Refusal }
  | { phase: 'ready'; results: SatisfactionResults; answers: SatisfactionAnswer[] };

export function FeedbackPage() {
  const { store, connection } = useConsole();
  const [period, setPeriod] = useState<Period>('30');
  const [fetched, setFetched] = useState<Fetched>({ phase: 'loading' });
  const [fetches, setFetches] = useState(0);
  const siteId = store.current.value?.site.id;
  usePageTitle('Feedback');

  useEffect(() => setFetched({ phase: 'loading' }), [siteId]);
  useEffect(() => {
    if (siteId === undefined) return;
    let wanted = true;
    const fromMs = periodStartMs(period, store.serverNowMs());
    void connection.request('feedback:results', { siteId, fromMs }).then((reply) => {
      if (!wanted) return;
      if (reply.ok) setFetched({ phase: 'ready', results: reply.results, answers: reply.answers });
      else setFetched({ phase: 'refused', refusal: reply });
    });
    return () => {
      wanted = false;
    };
  }, [siteId, period, fetches, connection, store]);
  useEffect(() => {
    const again = () => setFetches((count) => count + 1);
    const stops = [
      connection.onConnect(again),
      connection.onFact('entry:added', ({ entry }) => {
        if (entry.kind === 'survey') again();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection]);

  return (
    <Page
      title="Feedback"
      tools={<Segmented label="Period" value={period} options={periods} onValue={setPeriod} />}
    >
      {fetched.phase === 'loading' ? (
        <ResultsSkeleton />
      ) : fetched.phase === 'refused' ? (
        <Notice
          icon={CloudOff}
          tone="danger"
          title="The results did not load"
          action={<Button onClick={() => setFetches(fetches + 1)}>Try again</Button>}
        >
          {refusalWords(fetched.refusal)}
        </Notice>
      ) : fetched.results.asked === 0 && fetched.results.n === 0 ? (
        <Notice
          icon={Star}
          title={period === 'all' ? 'No feedback yet' : 'No feedback in this period'}
          action={
            period === 'all' ? (
              <a class="button button-plain" href="/console/inbox">
                Go to the inbox
              </a>
            ) : (
              <Button onClick={() => setPeriod('all')}>Show all time</Button>
            )
          }
        >
          When you close a conversation, its visitor is asked how satisfied they are: once, and not again for
          30 days.
        </Notice>
      ) : (
        <Results results={fetched.results} answers={fetched.answers} />
      )}
    </Page>
  );
}

function Results({ results, answers }: { results: SatisfactionResults; answers: SatisfactionAnswer[] }) {
  return (
    <>
      <div class="feedback-figures">
        <section class="card feedback-figure" aria-labelledby="satisfied">
          <h2 id="satisfied">Satisfied</h2>
          <p class="feedback-number">{results.share === null ? '–' : percent(results.share)}</p>
          <p class="muted">{shareWords(results)}</p>
        </section>
        <section class="card feedback-figure" aria-labelledby="answered">
          <h2 id="answered">Response rate</h2>
          <p class="feedback-number">{results.asked === 0 ? '–' : percent(results.n / results.asked)}</p>
          <p class="muted">{responseWords(results)}</p>
        </section>
      </div>
      <Distribution results={results} />
      <AnswerList answers={answers} />
    </>
  );
}

function ResultsSkeleton() {
  return (
    <div class="feedback-skeleton" aria-busy="true" role="status" aria-label="Loading the results">
      <div class="feedback-figures">
        {['satisfied', 'answered'].map((figure) => (
          <div key={figure} class="card feedback-figure">
            <Skeleton width="40%" />
            <Skeleton width="50%" height="28px" />
            <Skeleton width="90%" />
          </div>
        ))}
      </div>
      {['88%', '62%', '30%', '18%', '10%'].map((width) => (
        <Skeleton key={width} width={width} height="20px" />
      ))}
    </div>
  );
}
