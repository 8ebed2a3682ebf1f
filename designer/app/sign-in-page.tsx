import { useId, useState, type FormEvent } from 'react';
import { Button, Input } from 'antd';
import { InfoCircleFilled, LockOutlined, RightOutlined, UserOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import type { SamplePerson } from '../../engine/contract/api.ts';
import { useSession, useSignIn } from '../api/index.ts';
import { useNamed } from '../i18n/index.ts';
import { Avatar, Chip, ErrorState, Logo, PageSkeleton, useErrorText } from '../ui/index.ts';
import { homeOf } from './areas.tsx';
import { LanguageSwitch } from './language-switch.tsx';

/** Sign in with an account, or as one of the sample people where the server offers them. */
export function SignInPage() {
  const session = useSession();
  const [search] = useSearchParams();
  if (session.isPending) return <PageSkeleton />;
  if (session.isError) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  const { user, samplePeople } = session.data;
  if (user) return <Navigate to={inside(search.get('from')) ?? homeOf(user)} replace />;
  return (
    <main className="gc-signin">
      <AccountForm />
      {samplePeople.length > 0 && <SamplePeople people={samplePeople} />}
    </main>
  );
}

/** Only addresses of this app are followed. */
function inside(from: string | null): string | null {
  return from !== null && from.startsWith('/') && !from.startsWith('//') && !from.startsWith('/\\') ? from : null;
}

function AccountForm() {
  const { t } = useTranslation();
  const id = useId();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const errorText = useErrorText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username, password });
  };
  return (
    <div className="gc-signin-left">
      <header className="gc-signin-head">
        <Logo /><strong style={{ fontSize: 18, fontWeight: 600 }}>规程</strong><span className="gc-secondary">Guicheng</span>
        <span style={{ marginLeft: 'auto' }}><LanguageSwitch /></span>
      </header>
      <form className="gc-signin-form" onSubmit={submit} aria-labelledby={`${id}-title`}>
        <h1 id={`${id}-title`}>{t('signIn.title')}</h1>
        <p className="gc-secondary">{t('signIn.text')}</p>
        <label htmlFor={`${id}-name`}>{t('signIn.username')}</label>
        <Input id={`${id}-name`} size="large" prefix={<UserOutlined aria-hidden />} autoComplete="username" required placeholder={t('signIn.usernameHint')} value={username} onChange={(event) => setUsername(event.target.value)} />
        <label htmlFor={`${id}-password`}>{t('signIn.password')}</label>
        <Input.Password id={`${id}-password`} size="large" prefix={<LockOutlined aria-hidden />} autoComplete="current-password" required placeholder={t('signIn.password')} value={password} onChange={(event) => setPassword(event.target.value)} />
        <p role="alert" className="gc-bad" style={{ minHeight: 22, margin: '8px 0' }}>{signIn.isError ? errorText(signIn.error) : ''}</p>
        <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>{t('signIn.submit')}</Button>
      </form>
      <footer className="gc-meta">{t('signIn.license')}</footer>
    </div>
  );
}

function SamplePeople({ people }: { people: SamplePerson[] }) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const errorText = useErrorText();
  // Owners and administrators first: they are few and what they open differs.
  const ordered = people.toSorted((a, b) => b.roles.length - a.roles.length);
  return (
    <section className="gc-signin-right" aria-labelledby="sample-title">
      <h2 id="sample-title">{t('signIn.sample.title')} <Chip tone="info">{t('signIn.sample.local')}</Chip></h2>
      <p className="gc-secondary">{t('signIn.sample.text')}</p>
      <div className="gc-people">
        {ordered.map((person) => <PersonCard key={person.id} person={person} busy={signIn.isPending} onChoose={() => signIn.mutate({ sampleUserId: person.id })} />)}
      </div>
      {signIn.isError && <p role="alert" className="gc-bad">{errorText(signIn.error)}</p>}
      <p className="gc-note"><InfoCircleFilled aria-hidden />{t('signIn.sample.note')}</p>
    </section>
  );
}

function PersonCard({ person, busy, onChoose }: { person: SamplePerson; busy: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const area = homeOf(person).slice(1);
  return (
    <button type="button" className="gc-person" data-area={area} disabled={busy} onClick={onChoose}>
      <span className="gc-person-top">
        <Avatar name={person.name} />
        <span style={{ flex: 1, minWidth: 0 }}><span className="gc-person-name">{person.name}</span><span className="gc-secondary">{named(person.title, person.titleEn)}</span></span>
        <span className="gc-person-area">{t(`signIn.enter.${area}`)} <RightOutlined aria-hidden /></span>
      </span>
    </button>
  );
}
