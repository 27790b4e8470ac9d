import { useCall } from '../query.ts';
import { number } from '../parts/format.ts';
import { useCan } from '../state/session.ts';
import { go, useUi } from '../state/ui.ts';
import { useT } from '../t.ts';
import { roomsFor } from './areas.ts';

/** The areas of the module, beside the rail. Modules with one screen have none. */
export function Areas() {
  const t = useT();
  const place = useUi((ui) => ui.place);
  const shown = useUi((ui) => ui.areas);
  const can = useCan();
  const rooms = roomsFor(place.module, can);
  const counted = rooms.some((room) => room.counts);
  const counts = useCall('company.counts', {}, { enabled: counted });
  if (rooms.length === 0) return null;
  const current = place.area ?? rooms[0]?.id;
  const groups = [...new Set(rooms.map((room) => room.group?.() ?? ''))];
  return (
    <nav className="areas" aria-label={t('frame.areas')} hidden={!shown}>
      <h2 className="h3">{t(`frame.modules.${place.module}`)}</h2>
      {groups.map((group) => (
        <section key={group} aria-label={group || undefined}>
          {group && <h3>{group}</h3>}
          <ul className="stack-tight">
            {rooms
              .filter((room) => (room.group?.() ?? '') === group)
              .map((room) => {
                const count = room.counts ? counts.data?.[room.counts] : undefined;
                const Icon = room.icon;
                return (
                  <li key={room.id}>
                    <button type="button" className="area" aria-current={room.id === current ? 'page' : undefined} onClick={() => void go(room.place)}>
                      <Icon aria-hidden />
                      <span className="cut" data-label={room.label()}>{room.label()}</span>
                      {count !== undefined && <span className="area-count tabular">{number(count)}</span>}
                    </button>
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </nav>
  );
}
