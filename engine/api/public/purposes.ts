import type { BilingualText, PublicLink } from '../../contract/api.ts';
import type { FormComponent } from '../../contract/forms/index.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { OpenLink } from './open-link.ts';
import { serviceLinks } from './service-links.ts';
import { agree, text } from './words.ts';

/** What a link is for: the words around its form, and what of the answer the case gets. `{{no}}` is the case number. */
export interface Purpose {
  kind: PublicLink['kind'];
  title: BilingualText;
  intro: BilingualText;
  submit: BilingualText;
  thanks: { title: BilingualText; text: BilingualText };
  /** The form when the link names none. */
  components: readonly FormComponent[];
  /** Fields the link itself answers. They are not asked, and not handed to the case. */
  fixed?: JsonObject;
  /** Words for customers in place of the form's own, by key. */
  labels?: Readonly<Record<string, BilingualText>>;
  /** Variables of the case that `title` and `intro` may show as `{{name}}`; dates and codes, nothing personal. A path leads into an object. */
  facts?: readonly string[];
  /** Variables of the message out of a valid answer. @default all of it */
  variables?: (answer: JsonObject) => JsonObject;
}

const comment: FormComponent = { type: 'textarea', id: 'Public_comment', key: 'comment', label: '您的意见', properties: { labelEn: 'Your comments' }, validate: { maxLength: 1000 } };

const survey: Purpose = {
  kind: 'survey',
  title: text('请评价我们的服务', 'How did we do?'),
  intro: text('请用一分钟告诉我们您的感受，您的意见会帮助我们改进。', 'Please take a minute to tell us how it went; your answer helps us improve.'),
  submit: text('提交评价', 'Send my rating'),
  thanks: { title: text('感谢您的评价', 'Thank you for your rating'), text: text('您的评价已收到，可以关闭此页面。', 'We have received it. You can close this page.') },
  components: [comment],
  variables: (answer) => ({ ...answer, answers: answer }),
};

/** By the message the link publishes. */
const byMessage: Readonly<Record<string, Purpose>> = {
  complaint_result_feedback: {
    ...survey,
    title: text('请评价投诉的处理', 'How did we handle your complaint?'),
    intro: text('我们已就您的投诉 {{no}} 给出处理结果。请用一分钟告诉我们您是否满意；如不满意，我们会继续跟进。', 'We have answered your complaint {{no}}. Please take a minute to tell us whether you are satisfied; if you are not, we follow up.'),
    // The form is that of the return call, where it is asked whether the customer could be reached.
    fixed: { reached: true },
    labels: {
      satisfaction: text('您对处理结果满意吗？', 'Are you satisfied with the outcome?'),
      'aspects.attitude': text('服务态度（5 分最好）', 'Attitude (5 is best)'),
      'aspects.expertise': text('专业水平（5 分最好）', 'Expertise (5 is best)'),
      'aspects.speed': text('响应速度（5 分最好）', 'Speed (5 is best)'),
      'aspects.result': text('处理结果（5 分最好）', 'Outcome (5 is best)'),
      comment: text('您还想告诉我们什么？', 'Anything else you would like to tell us?'),
    },
    variables: (answer) => answer,
  },
  complaint_withdrawn: {
    kind: 'withdrawal',
    title: text('撤回投诉', 'Withdraw your complaint'),
    intro: text('您正在撤回投诉 {{no}}。提交后，我们会停止调查，由工作人员与您确认；确认之前投诉不会关闭。', 'You are about to withdraw complaint {{no}}. Once you send this, we stop looking into it and confirm with you; the complaint is not closed before that.'),
    submit: text('撤回投诉', 'Withdraw complaint'),
    thanks: { title: text('已收到您的撤回申请', 'We have received your withdrawal'), text: text('工作人员会与您确认。如果这不是您本人的意愿，请尽快联系我们。', 'We will confirm it with you. If this was not your wish, please contact us soon.') },
    components: [agree(text('我自愿撤回这件投诉', 'I withdraw this complaint of my own free will'))],
    variables: () => ({}),
  },
  complaint_supplement: {
    kind: 'supplement',
    title: text('补充说明', 'Add to your complaint'),
    intro: text('如果您对投诉 {{no}} 有新的情况要告诉我们，请写在这里，我们会一并核实。', 'If there is something new about complaint {{no}}, please write it here; we will look into it as well.'),
    submit: text('提交补充', 'Send'),
    thanks: { title: text('已收到您的补充说明', 'We have received your addition'), text: text('您的说明已记入这件投诉，可以关闭此页面。', 'It is now part of your complaint. You can close this page.') },
    components: [{ type: 'textarea', id: 'Public_supplement', key: 'supplement', label: '补充内容', properties: { labelEn: 'What would you like to add?' }, validate: { required: true, minLength: 5, maxLength: 2000 } }],
  },
};

const confirmation: Purpose = {
  kind: 'confirmation',
  title: text('请您确认', 'Please confirm'),
  intro: text('请确认我们在消息中告知您的事项。', 'Please confirm what we told you in our message.'),
  submit: text('确认', 'Confirm'),
  thanks: { title: text('已收到您的确认', 'We have received your confirmation'), text: text('您可以关闭此页面。', 'You can close this page.') },
  components: [agree(text('我已阅读并确认', 'I have read this and confirm it'))],
};

/** What this link is for; one message may mean another thing in another procedure. A message nobody wrote words for is a survey or a plain confirmation. */
export function purposeOf(link: Pick<OpenLink, 'kind' | 'message' | 'processId'>): Purpose {
  return serviceLinks[`${link.processId}:${link.message}`] ?? byMessage[link.message] ?? serviceLinks[link.message] ?? (link.kind === 'survey' ? survey : confirmation);
}

/** The text with the case number and the facts it names in it; a fact that is missing shows as a dash. */
export function filled({ zh, en }: BilingualText, reference: string | null, facts: Readonly<Record<string, string>> = {}): BilingualText {
  const put = (words: string): string =>
    words
      .replaceAll('{{no}}', reference ?? '')
      .replaceAll(/\{\{([\w.]+)\}\}/g, (_, name: string) => facts[name] ?? '—')
      .replace(/ {2,}/g, ' ');
  return { zh: put(zh), en: put(en) };
}
