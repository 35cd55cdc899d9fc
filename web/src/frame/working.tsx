/** For which organisation somebody works at the moment: lists and new things begin with it. Kept on this device. */

import { Button } from "antd";
import { createContext, type PropsWithChildren, useContext, useState } from "react";
import type { Text } from "../api/client";
import { useSpeech } from "./language";
import { Menu } from "./menu";
import { useMe } from "./queries";

interface Body {
  id: string;
  name: Text;
}

interface Working {
  /** The organisation chosen, or none where all of one's own are meant. */
  organisation: Body | undefined;
  own: readonly Body[];
  choose: (id: string) => void;
}

const KEPT = "huitang.organisation";
const Current = createContext<Working>({ organisation: undefined, own: [], choose: () => undefined });

/** Return for which organisation whoever is signed in works. */
export function useWorking(): Working {
  return useContext(Current);
}

/** Return with which owner a list begins: with the organisation chosen, if one is. */
export function useOwnerFilter(): { owner: string } {
  return { owner: useWorking().organisation?.id ?? "" };
}

/** Return whose new things are to begin with: the organisation's that was chosen, or that is the only one. */
export function useOwner(): string | null {
  const { organisation, own } = useWorking();
  return organisation?.id ?? (own.length === 1 ? (own[0]?.id ?? null) : null);
}

export function WorkingFor({ children }: PropsWithChildren) {
  const { data: me } = useMe();
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEPT) ?? "");
  const grants = me?.grants.filter((grant) => grant.role !== "member") ?? [];
  const own = [...new Map(grants.map((grant) => [grant.organisation_id, grant.organisation])).entries()].map(
    ([id, name]) => ({
      id,
      name,
    }),
  );
  const choose = (id: string) => {
    localStorage.setItem(KEPT, id);
    setChosen(id);
  };
  return <Current value={{ organisation: own.find((each) => each.id === chosen), own, choose }}>{children}</Current>;
}

/** The choice, for those who work for several. */
export function Switcher() {
  const { say, of } = useSpeech();
  const { organisation, own, choose } = useWorking();
  if (own.length < 2) return null;
  const current = organisation ? of(organisation.name) : say("frame.all_own");
  return (
    <Menu label={current} name={say("frame.working_for", { name: current })}>
      {[{ id: "", name: undefined }, ...own].map(({ id, name }) => (
        <Button key={id} type="text" aria-pressed={id === (organisation?.id ?? "")} onClick={() => choose(id)}>
          {name ? of(name) : say("frame.all_own")}
        </Button>
      ))}
    </Menu>
  );
}
