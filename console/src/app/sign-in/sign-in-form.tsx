import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { clockText, secondsLeft } from '../../parts/durations.ts';
import { Field } from '../../parts/field.tsx';
import { useServerNow } from '../../parts/now.ts';
import { preferredLocale } from '../locale.ts';
import { problemText } from '../problem-text.ts';
import { startSession } from '../session/session-keeper.ts';
import { type Challenge, requestCode, signInByCode } from '../session/session-requests.ts';
import styles from './sign-in.module.css';

const CODE_DIGITS = 6;

/** Runs one request at a time and keeps what went wrong. */
const useRequest = () => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (cause) {
      setProblem(cause);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run, clear: () => setProblem(undefined) };
};

function PhoneStep({ onSent }: { readonly onSent: (phone: string, challenge: Challenge) => void }) {
  const { i18n } = useLingui();
  const [phone, setPhone] = useState('');
  const { busy, problem, run } = useRequest();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => onSent(phone, await requestCode(phone, preferredLocale())));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={<Trans>Phone</Trans>}
        hint={<Trans>We send a code by SMS.</Trans>}
        error={problem !== undefined && problemText(problem, i18n)}
        type="tel"
        autoComplete="tel"
        inputMode="tel"
        placeholder="+7 916 123-45-67"
        value={phone}
        onChange={(event) => setPhone(event.target.value)}
        required
        autoFocus
      />
      <Button look="primary" type="submit" className={styles.wide} disabled={busy || phone.trim() === ''}>
        <Trans>Send the code</Trans>
      </Button>
    </form>
  );
}

function Resend({
  challenge,
  onResend,
  busy,
}: {
  readonly challenge: Challenge;
  readonly onResend: () => void;
  readonly busy: boolean;
}) {
  const left = secondsLeft(Date.parse(challenge.resendAt), useServerNow(1000));
  const time = clockText(left);
  return (
    <Button look="ghost" className={styles.wide} onClick={onResend} disabled={busy || left > 0}>
      {left > 0 ? <Trans>Another code in {time}</Trans> : <Trans>Send another code</Trans>}
    </Button>
  );
}

interface CodeStepProps {
  readonly phone: string;
  readonly challenge: Challenge;
  readonly onSent: (phone: string, challenge: Challenge) => void;
}

function CodeStep({ phone, challenge, onSent }: CodeStepProps) {
  const { i18n } = useLingui();
  const [code, setCode] = useState('');
  const { busy, problem, run } = useRequest();
  const enter = (typed: string): void =>
    void run(async () => {
      try {
        startSession(await signInByCode(challenge.challengeId, typed));
      } catch (cause) {
        setCode('');
        throw cause;
      }
    });
  const type = (value: string): void => {
    const digits = value.replaceAll(/\D/g, '').slice(0, CODE_DIGITS);
    setCode(digits);
    if (digits.length === CODE_DIGITS && !busy) enter(digits);
  };
  const isCode = problem instanceof ApiProblem;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        enter(code);
      }}
    >
      <div className={styles.code}>
        <Field
          label={<Trans>Code</Trans>}
          hint={<Trans>Sent to {phone}.</Trans>}
          error={problem !== undefined && problemText(isCode ? problem : undefined, i18n)}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => type(event.target.value)}
          autoFocus
        />
      </div>
      <Button
        look="primary"
        type="submit"
        className={styles.wide}
        disabled={busy || code.length < CODE_DIGITS}
      >
        <Trans>Sign in</Trans>
      </Button>
      <Resend
        challenge={challenge}
        busy={busy}
        onResend={() => void run(async () => onSent(phone, await requestCode(phone, preferredLocale())))}
      />
    </form>
  );
}

/** Phone, then code. @param phone known already when somebody's session has ended */
export function SignInForm({ phone: known }: { readonly phone?: string }) {
  const [sent, setSent] = useState<{ phone: string; challenge: Challenge }>();
  const { i18n } = useLingui();
  const { busy, problem, run } = useRequest();
  const onSent = (phone: string, challenge: Challenge): void => setSent({ phone, challenge });
  if (sent) return <CodeStep key={sent.challenge.challengeId} {...sent} onSent={onSent} />;
  if (known === undefined) return <PhoneStep onSent={onSent} />;
  return (
    <div className={styles.form}>
      {problem !== undefined && <span className="urgent">{problemText(problem, i18n)}</span>}
      <Button
        look="primary"
        className={styles.wide}
        disabled={busy}
        onClick={() => void run(async () => onSent(known, await requestCode(known, preferredLocale())))}
      >
        <Trans>Send a code to {known}</Trans>
      </Button>
    </div>
  );
}
