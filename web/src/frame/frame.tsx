/** What stands around every screen: name, navigation, who is signed in, language and light. */

import { Alert, Button, Modal, Skeleton } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { Link, NavLink, Outlet } from "react-router";
import { Broken } from "./failures";
import { learnWords, useSpeech } from "./language";
import { useDark } from "./look";
import { Menu } from "./menu";
import { DIRECTORY, MAIN, OWN, type Place } from "./places";
import { useMe, useSignOut } from "./queries";
import { useRights } from "./rights";
import { Switcher, WorkingFor } from "./working";

const loadSignIn = () => import("./sign_in");
const SignInPage = lazy(async () => ({ default: (await loadSignIn()).SignInPage }));
const SignInAgain = lazy(async () => ({ default: (await loadSignIn()).SignInAgain }));
const Palette = lazy(async () => ({ default: (await import("./palette")).Palette }));
const Notifications = lazy(async () => ({ default: (await import("./notifications")).Notifications }));
const Keys = lazy(async () => {
  const [{ Keys: shown }] = await Promise.all([import("../help/keys"), learnWords()]);
  return { default: shown };
});

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
  const { say } = useSpeech();
  const online = useOnline();
  const me = useMe();
  const [seen, setSeen] = useState(false);
  if (me.data && !seen) setSeen(true);
  useEffect(() => {
    if (seen) void loadSignIn(); // at hand when the session ends, though not needed to begin with
  }, [seen]);
  if (me.isPending) return <Skeleton active className="signin" />;
  if (me.isError && !seen) return <Broken error={me.error} />;
  if (!me.data && !seen) {
    return (
      <Suspense>
        <SignInPage />
      </Suspense>
    );
  }
  return (
    <WorkingFor>
      <div className="frame">
        <header>
          <a className="skip" href="#content">
            {say("frame.skip")}
          </a>
          <Link className="brand" to="/">
            {say("frame.name")}
          </Link>
          <Navigation />
          <Switcher />
          <Own />
        </header>
        <div role="status">{!online && <Alert banner type="warning" title={say("frame.offline")} />}</div>
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
        <Suspense>{me.data === null && <SignInAgain />}</Suspense>
      </div>
    </WorkingFor>
  );
}

function Navigation() {
  const { say, language } = useSpeech();
  const main = usePlaces(MAIN);
  const directory = usePlaces(DIRECTORY);
  const outside = <a href={`/${language}/events`}>{say("frame.public_pages")}</a>;
  return (
    <nav aria-label={say("frame.main_navigation")}>
      <span className="at-desk">
        {main}
        <Menu label={say("frame.directory")}>{directory}</Menu>
        {outside}
      </span>
      <span className="by-hand">
        <Menu label={say("frame.menu")}>
          {main}
          {directory}
          {outside}
        </Menu>
      </span>
    </nav>
  );
}

/** Return links to those places that whoever is signed in has a use for. */
function usePlaces(places: readonly Place[]) {
  const { say } = useSpeech();
  const may = useRights();
  return places
    .filter((place) => !place.roles || may(...place.roles))
    .map((place) => (
      <NavLink key={place.to} to={place.to} end={place.to === "/"}>
        {say(place.name)}
      </NavLink>
    ));
}

function Own() {
  const { say, of, language, change } = useSpeech();
  const [dark, setDark] = useDark();
  const { data: me } = useMe();
  const may = useRights();
  const signOut = useSignOut();
  const own = usePlaces(OWN);
  const [open, setOpen] = useOpened();
  const deeds = [
    { name: say("frame.switch_language"), act: () => change(language === "zh" ? "en" : "zh") },
    { name: say(dark ? "frame.light" : "frame.dark"), act: () => setDark(!dark) },
    { name: say("frame.keys"), act: () => setOpen("keys") },
    { name: say("frame.sign_out"), act: () => signOut.mutate() },
  ];
  const close = () => setOpen("");
  return (
    <>
      <Button type="text" onClick={() => setOpen("palette")}>
        {say("frame.find")} <kbd>Ctrl K</kbd>
      </Button>
      {may("organizer", "scheduler") && (
        <Suspense>
          <Notifications />
        </Suspense>
      )}
      <Menu label={of(me?.name)} name={say("frame.own", { name: of(me?.name) })}>
        {own}
        {deeds.map(({ name, act }) => (
          <Button key={name} type="text" onClick={act}>
            {name}
          </Button>
        ))}
      </Menu>
      <Suspense>
        {open === "palette" && <Palette deeds={deeds} onClose={close} />}
        {open === "keys" && (
          <Modal open title={say("frame.keys")} footer={null} onCancel={close}>
            <Keys />
          </Modal>
        )}
      </Suspense>
    </>
  );
}

/** What stands over the screen, opened by keys from anywhere: Ctrl+K, and `?` where nothing is being written. */
function useOpened() {
  const [open, setOpen] = useState<"" | "palette" | "keys">("");
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const writing =
        event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") setOpen("palette");
      else if (event.key === "?" && !writing) setOpen("keys");
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return [open, setOpen] as const;
}
