/** What stands around every screen: name, navigation, who is signed in, language and light. */

import { Alert, Button, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { Link, NavLink, Outlet } from "react-router";
import { Broken } from "./failures";
import { useSpeech } from "./language";
import { useDark } from "./look";
import { useMe, useSignOut } from "./queries";
import { SignInAgain, SignInPage } from "./sign_in";

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return online;
}

export function Frame() {
  const { say, of, language, change } = useSpeech();
  const [dark, setDark] = useDark();
  const online = useOnline();
  const me = useMe();
  const signOut = useSignOut();
  const [seen, setSeen] = useState(false);
  if (me.data && !seen) setSeen(true);
  if (me.isPending) return <Skeleton active className="signin" />;
  if (me.isError && !seen) return <Broken error={me.error} />;
  if (!me.data && !seen) return <SignInPage />;
  return (
    <div className="frame">
      <header>
        <a className="skip" href="#content">
          {say("frame.skip")}
        </a>
        <Link className="brand" to="/">
          {say("frame.name")}
        </Link>
        <nav aria-label={say("frame.main_navigation")}>
          <NavLink to="/" end>
            {say("frame.editions")}
          </NavLink>
          <a href={`/${language}/events`}>{say("frame.public_pages")}</a>
        </nav>
        <span className="who">{of(me.data?.name)}</span>
        <Button size="small" onClick={() => change(language === "zh" ? "en" : "zh")}>
          {say("frame.switch_language")}
        </Button>
        <Button size="small" onClick={() => setDark(!dark)}>
          {say(dark ? "frame.light" : "frame.dark")}
        </Button>
        <Button size="small" onClick={() => signOut.mutate()}>
          {say("frame.sign_out")}
        </Button>
      </header>
      <div role="status">{!online && <Alert banner type="warning" title={say("frame.offline")} />}</div>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <SignInAgain open={me.data === null} />
    </div>
  );
}
