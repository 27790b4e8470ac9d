import { listed } from '../frame/areas.ts';
import { number } from '../parts/format.ts';
import { EntityIcon } from '../parts/record/EntityIcon.tsx';
import { Answer } from '../parts/Problem.tsx';
import { useCall } from '../query.ts';
import { useCan } from '../state/session.ts';
import { go, placeOf } from '../state/ui.ts';
import { useT, words } from '../t.ts';

/** How many records there are of each kind; each opens its list. The other rooms have overviews of their own. */
export function Counts() {
  const t = useT();
  const can = useCan();
  const counts = useCall('company.counts', {});
  return (
    <section className="card-block" aria-labelledby="counts">
      <header className="card-head">
        <h2 className="h2" id="counts">
          {t('home.counts')}
        </h2>
      </header>
      <Answer of={counts} rows={6}>
        {(found) => (
          <ul className="counts">
            {listed
              .filter((entity) => entity.filing.module === 'records' && can(entity.area, 'read'))
              .map((entity) => {
                const count = found[entity.name] ?? 0;
                return (
                  <li key={entity.name}>
                    <button type="button" className="count" onClick={() => void go(placeOf(entity.name))}>
                      <EntityIcon entity={entity} />
                      <span className="cut grow">{words(entity.plural)}</span>
                      <span className="tabular strong">{count === 0 ? '–' : number(count)}</span>
                    </button>
                  </li>
                );
              })}
          </ul>
        )}
      </Answer>
    </section>
  );
}
