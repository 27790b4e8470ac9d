import { Button } from '@fluentui/react-components';
import { changeWords } from '../parts/changeWords.ts';
import { exact, relative } from '../parts/format.ts';
import { Answer } from '../parts/Problem.tsx';
import { useNow } from '../frame/StatusBar.tsx';
import { useCall } from '../query.ts';
import { go, placeOf } from '../state/ui.ts';
import { useT } from '../t.ts';
import { entities } from '#contract/calls.ts';

/** The last changes by anyone; each opens its record. */
export function Changes() {
  const t = useT();
  const now = useNow();
  const changes = useCall('audit.list', { limit: 10, folded: true });
  return (
    <section className="card-block" aria-labelledby="changes">
      <header className="card-head">
        <h2 className="h2" id="changes">
          {t('home.changes.title')}
        </h2>
        <Button size="small" appearance="subtle" className="end" onClick={() => void go({ module: 'settings', area: 'audit' })}>
          {t('home.changes.all')}
        </Button>
      </header>
      <Answer of={changes} rows={6}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="card-body quiet">{t('home.changes.none')}</p>
          ) : (
            <ul className="changes">
              {rows.map((one) => {
                const opens = one.id !== null && entities[one.entity] !== undefined && entities[one.entity]?.area !== 'user';
                const said = changeWords(one);
                const inside = (
                  <>
                    <span className="cut grow" title={said}>
                      {said}
                    </span>
                    <span className="quiet small" title={exact(one.at)}>
                      {relative(one.at, now)}
                    </span>
                  </>
                );
                return (
                  <li key={one.seq}>
                    {opens ? (
                      <button type="button" className="count" onClick={() => one.id !== null && void go(placeOf(one.entity, one.id))}>
                        {inside}
                      </button>
                    ) : (
                      <div className="count still">{inside}</div>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Answer>
    </section>
  );
}
