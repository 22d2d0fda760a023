import { Trans, useLingui } from '@lingui/react/macro';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.ts';
import { classNames } from '../../parts/class-names.ts';
import { Failed, Skeleton } from '../../parts/states.tsx';
import { When } from '../../parts/when.tsx';
import manager from '../manager.module.css';
import styles from './limits.module.css';
import { settingLabels } from './setting-labels.ts';
import { settings, valueText } from './settings.ts';

const SHOWN = 20;

const historyQuery = queryOptions({
  queryKey: ['limits-history'],
  queryFn: ({ signal }) =>
    bodyOf(api.GET('/v1/limits/history', { params: { query: { limit: SHOWN } }, signal })),
});

/** What was changed, newest first. */
export function History({ deskId }: { readonly deskId: string }) {
  const { i18n } = useLingui();
  const { data, error, refetch } = useQuery(historyQuery);
  // Those of every desk come in one list; a change of all desks concerns this one too.
  const items = (data?.items ?? []).filter((item) => item.deskId === null || item.deskId === deskId);
  const text = (value: number | null, unit: 'count' | 'seconds' | 'percent'): string =>
    value === null ? '–' : valueText(value, unit);
  return (
    <section className={classNames(manager.card, styles.history)}>
      <h2 className="strong">
        <Trans>History</Trans>
      </h2>
      {error && data === undefined ? (
        <Failed
          title={<Trans>The history could not be loaded</Trans>}
          problem={error}
          onRetry={() => void refetch()}
        />
      ) : data === undefined ? (
        <Skeleton lines={4} />
      ) : items.length === 0 ? (
        <p className="muted">
          <Trans>Nothing was changed yet.</Trans>
        </p>
      ) : (
        <ol>
          {items.map((item) => (
            <li key={`${item.deskId ?? ''} ${item.version}`} className={styles.past}>
              <span className="muted num">
                v{item.version} · <When at={item.at} />
              </span>
              {item.changes.map(({ name, from, to }) => {
                const setting = settings.find((each) => each.name === name);
                return setting === undefined ? null : (
                  <span key={name} className="num">
                    {i18n._(settingLabels[setting.name])}: {text(from, setting.unit)} →{' '}
                    {text(to, setting.unit)}
                  </span>
                );
              })}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
