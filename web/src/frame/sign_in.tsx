import { Alert, Button, Form, Input, Modal } from "antd";
import type { Schemas } from "../api/client";
import { Failure } from "./failures";
import { useSpeech } from "./language";
import { useSignIn } from "./queries";

/** The form, wherever it stands. */
function SignInForm() {
  const { say } = useSpeech();
  const signIn = useSignIn();
  const rules = [{ required: true, message: say("signin.required") }];
  return (
    <Form<Schemas["SignInIn"]> layout="vertical" requiredMark={false} onFinish={(body) => signIn.mutate(body)}>
      <Form.Item name="account" label={say("signin.account")} rules={rules}>
        <Input autoComplete="username" autoFocus maxLength={254} />
      </Form.Item>
      <Form.Item name="password" label={say("signin.password")} rules={rules}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {signIn.error && <Failure error={signIn.error} />}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending} style={{ marginTop: 12 }}>
        {say("signin.submit")}
      </Button>
    </Form>
  );
}

/** The first thing a stranger sees. */
export function SignInPage() {
  const { say, language, change } = useSpeech();
  return (
    <main className="signin">
      <h1>
        {say("frame.name")} · {say("signin.title")}
      </h1>
      <SignInForm />
      <Button type="link" onClick={() => change(language === "zh" ? "en" : "zh")}>
        {say("frame.switch_language")}
      </Button>
    </main>
  );
}

/** Asked again over the page, which stays as it is. */
export function SignInAgain() {
  const { say } = useSpeech();
  return (
    <Modal open title={say("signin.title")} closable={false} footer={null} destroyOnHidden>
      <Alert type="info" title={say("signin.again")} style={{ marginBottom: 12 }} />
      <SignInForm />
    </Modal>
  );
}
