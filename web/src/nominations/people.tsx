/** Who has a part in a nomination: asked by a link that is shown this once, and how it stands with their consent. */

import { Checkbox, Form, Input, Select } from "antd";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Confirm } from "../parts/confirm";
import { Moment } from "../parts/moment";
import { Listing } from "../parts/listing";
import { whole } from "../parts/lists";
import { numberOf } from "../parts/numbers";
import { Once } from "../parts/once";
import { Mark } from "../parts/tag";
import { useWord } from "../parts/word";
import { idOf } from "./fields";
import { type Nomination, type Part, useParts, useRenewNominations } from "./queries";
import { ROLES } from "./rules";

interface Fields {
  role: Schemas["RoleKind"];
  person: string;
  may_fill_in: boolean;
  days: string;
}

export function PartsOf({ nomination, writes }: { nomination: Nomination; writes: boolean }) {
  const { say } = useSpeech();
  const word = useWord();
  const list = useParts(nomination.id);
  const renew = useRenewNominations();
  const path = { nomination_id: nomination.id };
  const ask = async ({ days, ...fields }: Fields) => {
    const body = { ...fields, days: numberOf(days) ?? 30 };
    const made = await told(api.POST("/api/awards/nominations/{nomination_id}/roles", { params: { path }, body }));
    await renew(nomination.id);
    return made;
  };
  const one = (part: Part) => ({ path: { ...path, role_id: part.id }, header: ifMatch(part.version) });
  const another = async (part: Part) => {
    const made = await told(
      api.POST("/api/awards/nominations/{nomination_id}/roles/{role_id}/link", { params: one(part), body: {} }),
    );
    await renew(nomination.id);
    return made;
  };
  const revoke = async (part: Part) => {
    await told(api.POST("/api/awards/nominations/{nomination_id}/roles/{role_id}/revoke", { params: one(part) }));
    await renew(nomination.id);
  };
  const needed = [{ required: true, message: say("parts.needed") }];
  const called = (part: Part) => `${word("role_kind", part.role)} ${part.person}`;
  return (
    <section className="form-part" id={idOf("/roles")} tabIndex={-1}>
      <h2>{say("people_in.title")}</h2>
      <p>{say("people_in.says")}</p>
      {writes && (
        <div className="acts">
          <Asking<Fields, Schemas["NewRoleOut"]>
            label={say("people_in.ask")}
            says={say("people_in.ask_says")}
            start={{ role: "candidate", may_fill_in: false, days: "30" }}
            send={ask}
            shows={(made) => <Link secret={made.secret} />}
          >
            <Form.Item name="role" label={say("people_in.role")}>
              <Select options={ROLES.map((role) => ({ value: role, label: word("role_kind", role) }))} />
            </Form.Item>
            <Form.Item name="person" label={say("people_in.person")} rules={needed}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="days" label={say("people_in.days")}>
              <Input type="number" min={1} max={365} />
            </Form.Item>
            <Form.Item name="may_fill_in" valuePropName="checked">
              <Checkbox>{say("people_in.may_fill_in")}</Checkbox>
            </Form.Item>
          </Asking>
        </div>
      )}
      {list.error ? (
        <Failure error={list.error} />
      ) : (
        <Listing
          name={say("people_in.title")}
          list={whole(list)}
          keyOf={(part) => part.id}
          empty={say("people_in.none")}
          columns={[
            { key: "role", title: say("people_in.role"), cell: (part) => word("role_kind", part.role) },
            { key: "person", title: say("people_in.person"), cell: (part) => part.person },
            {
              key: "state",
              title: say("people_in.state"),
              cell: (part) => (
                <>
                  <Mark>{word("asked", part.state)}</Mark>
                  {part.answered_at && <Moment at={part.answered_at} />}
                  {part.words && <div>{part.words}</div>}
                </>
              ),
            },
            ...(writes
              ? [
                  {
                    key: "deeds",
                    title: say("cycles.deeds"),
                    cell: (part: Part) =>
                      part.state !== "revoked" && (
                        <span className="states">
                          <Asking<object, Schemas["NewRoleOut"]>
                            label={say("people_in.new_link")}
                            name={say("people_in.new_link_for", { name: called(part) })}
                            submit={say("people_in.new_link")}
                            says={say("people_in.new_link_says")}
                            send={() => another(part)}
                            shows={(made) => <Link secret={made.secret} />}
                          />
                          <Confirm
                            label={say("people_in.revoke")}
                            name={say("people_in.revoke_for", { name: called(part) })}
                            question={say("people_in.revoke_for", { name: called(part) })}
                            act={() => revoke(part)}
                          />
                        </span>
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </section>
  );
}

function Link({ secret }: { secret: string }) {
  const { say } = useSpeech();
  return (
    <Once
      label={say("people_in.link")}
      value={`${location.origin}/console/consents/${secret}`}
      says={say("people_in.link_says")}
    />
  );
}
