/** A button that deletes something, once that is confirmed; a refusal is said where it was asked. */

import { Button, Modal } from "antd";
import { useState } from "react";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";

export function Delete({ name, send }: { name: string; send: () => Promise<unknown> }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const close = () => {
    setOpen(false);
    setError(undefined);
  };
  const go = async () => {
    setSending(true);
    try {
      await send();
      close();
    } catch (caught) {
      setError(caught);
    } finally {
      setSending(false);
    }
  };
  return (
    <>
      <Button danger aria-label={say("parts.delete_named", { name })} onClick={() => setOpen(true)}>
        {say("parts.delete")}
      </Button>
      <Modal
        open={open}
        title={say("parts.delete_sure", { name })}
        okText={say("parts.delete")}
        okButtonProps={{ danger: true, loading: sending }}
        onOk={() => void go()}
        onCancel={close}
      >
        <p>{say("parts.delete_lost")}</p>
        {error !== undefined && <Failure error={error} />}
      </Modal>
    </>
  );
}
