/** The stages of a cycle with their dates, and deadlines that were put off: for whom, by whom and why. */

import { Button, Modal } from "antd";
import { useState } from "react";
import { api, ifMatch, told } from "../api/client";
import { Unbroken } from "../editions/shown";
import { useSpeech } from "../frame/language";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { Remove } from "../parts/remove";
import { Revise } from "../parts/revise";
import { useWord } from "../parts/word";
import { Extend, Extensions } from "./extending";
import { TimeLeft } from "./left";
import { type Stage, useRenewCycles, useStages, useThisCycle } from "./queries";
import { isDeadline, sentStage, type StageFields, stageFields, whenOf } from "./rules";
import { ABOUT, StageForm } from "./stage_form";

export function DatesPage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const { cycle, office } = useThisCycle();
  const stages = useStages(cycle.id);
  const [open, setOpen] = useState<Stage | "new">();
  const renew = useRenewCycles();
  const announced = cycle.state !== "draft";
  const path = { ref: cycle.id };
  const close = () => setOpen(undefined);
  const nameOf = (stage: Stage) => of(stage.title) || word("stage_kind", stage.kind);
  const add = async (fields: StageFields) => {
    const body = { ...sentStage(fields), kind: fields.kind };
    await told(api.POST("/api/awards/cycles/{ref}/stages", { params: { path }, body }));
    await renew();
    close();
  };
  const at = (stage: Stage, version: number) => ({ path: { ...path, stage_id: stage.id }, header: ifMatch(version) });
  const change = async (stage: Stage, changes: Partial<StageFields>, version: number) => {
    const body = sentStage({ ...stageFields(stage), ...changes });
    const changed = await told(
      api.PATCH("/api/awards/cycles/{ref}/stages/{stage_id}", { params: at(stage, version), body }),
    );
    await renew();
    close();
    return { version: changed.version, values: stageFields(changed) };
  };
  const read = async (stage: Stage) => {
    const params = { path: { ...path, stage_id: stage.id } };
    const now = await told(api.GET("/api/awards/cycles/{ref}/stages/{stage_id}", { params }));
    return { version: now.version, values: stageFields(now) };
  };
  const remove = async (stage: Stage) => {
    await told(api.DELETE("/api/awards/cycles/{ref}/stages/{stage_id}", { params: at(stage, stage.version) }));
    await renew();
  };
  const deeds = (stage: Stage) => (
    <span className="states">
      {announced && isDeadline(stage.kind) && stage.at_local && <Extend cycle={cycle} stage={stage} />}
      <Button aria-label={say("cycles.change_stage", { name: nameOf(stage) })} onClick={() => setOpen(stage)}>
        {say("cycles.edit")}
      </Button>
      {!announced && <Remove name={nameOf(stage)} remove={() => remove(stage)} />}
    </span>
  );
  return (
    <>
      <Heads title={`${of(cycle.name)} · ${say("cycles.dates")}`}>
        <Files path={`/api/awards/cycles/${cycle.slug}/stages`} />
        {office && (
          <Button type="primary" onClick={() => setOpen("new")}>
            {say("cycles.add_stage")}
          </Button>
        )}
      </Heads>
      <TimeLeft cycle={cycle.id} />
      <Listing
        name={say("cycles.dates")}
        list={stages}
        keyOf={(stage) => stage.id}
        empty={say("cycles.no_stages")}
        columns={[
          {
            key: "when",
            title: say("cycles.when"),
            cell: (stage) =>
              whenOf(stage) ? (
                <>
                  <Unbroken>{whenOf(stage)}</Unbroken> {stage.at_local && <small>{stage.zone}</small>}
                </>
              ) : (
                <span className="warned">{say("cycles.undated")}</span>
              ),
          },
          { key: "title", title: say("cycles.stage"), cell: nameOf },
          { key: "kind", title: say("cycles.kind"), cell: (stage) => word("stage_kind", stage.kind) },
          { key: "status", title: say("cycles.status"), cell: (stage) => word("status", stage.status) },
          ...(office ? [{ key: "deeds", title: say("cycles.deeds"), cell: deeds }] : []),
        ]}
      />
      <Extensions cycle={cycle} nameOf={(id) => stageNamed(stages.rows, id, nameOf)} />
      <Modal
        open={open !== undefined}
        title={open && open !== "new" ? say("cycles.change_stage", { name: nameOf(open) }) : say("cycles.add_stage")}
        footer={null}
        onCancel={close}
        destroyOnHidden
      >
        {open === "new" && (
          <Entry<StageFields> start={stageFields()} send={add} submit={say("cycles.add_stage")} about={ABOUT}>
            <StageForm zone={cycle.zone} reasoned={announced} fresh />
          </Entry>
        )}
        {open && open !== "new" && (
          <Revise<StageFields>
            start={{ version: open.version, values: stageFields(open) }}
            read={() => read(open)}
            send={(changes, version) => change(open, changes, version)}
            label={(name) => word("cycles", name)}
            about={ABOUT}
          >
            <StageForm zone={open.zone ?? cycle.zone} reasoned={announced} />
          </Revise>
        )}
      </Modal>
    </>
  );
}

function stageNamed(stages: readonly Stage[] | undefined, id: string, nameOf: (stage: Stage) => string): string {
  const found = stages?.find((stage) => stage.id === id);
  return found ? nameOf(found) : id;
}
