import type { Database } from '../../database/connect.ts';
import { ProductError } from '../../contract/errors.ts';
import { readForm, type FormOption, type FormSchema } from '../../contract/forms/index.ts';
import type { JsonObject } from '../../contract/json.ts';
import { readDirectory } from '../../identity/directory.ts';
import { offeredProducts } from '../../workers/ledgers/catalogue.ts';

export interface DeployedForm {
  formId: string;
  json: JsonObject;
  schema: FormSchema;
}

interface FormRow {
  form_id: string;
  content: string;
}

/** The very form a task started with; null when it has none. A key that is no engine key is taken as the id of a form. */
export async function formOfTask(db: Database, formKey: string | null): Promise<DeployedForm | null> {
  if (formKey === null) return null;
  const row: FormRow | undefined = /^\d{1,19}$/.test(formKey) ? await db('read_model.form_definition').select('form_id', 'content').where({ key: formKey }).first() : await latestForm(db, formKey);
  if (row === undefined) throw new ProductError('not_found', `Expected form '${formKey}' of the task to be deployed, but it is not there: deploy it`);
  return read(row);
}

/** The newest deployed form of an id, or null. */
export async function formById(db: Database, formId: string): Promise<DeployedForm | null> {
  const row = await latestForm(db, formId);
  return row === undefined ? null : read(row);
}

async function latestForm(db: Database, formId: string): Promise<FormRow | undefined> {
  return db('read_model.form_definition').select('form_id', 'content').where({ form_id: formId, deleted: false }).orderBy('version', 'desc').first() as Promise<FormRow | undefined>;
}

function read({ form_id: formId, content }: FormRow): DeployedForm {
  const json = JSON.parse(content) as JsonObject;
  return { formId, json, schema: readForm(json) };
}

/** Options of `properties.source` that the server knows: people, groups, sites, products, and the customer's open complaints. */
export async function formSources(db: Database, variables: JsonObject): Promise<Record<string, FormOption[]>> {
  const { users, groups, sites } = await readDirectory(db);
  const customerNo = variables['customerNo'];
  const complaints: { complaint_no: string }[] = typeof customerNo === 'string' && customerNo !== '' ? await db('app.complaint').select('complaint_no').where({ customer_no: customerNo }).whereNull('closed_at') : [];
  return {
    users: users.map((user) => ({ label: user.name, value: user.id })),
    groups: groups.map((group) => ({ label: group.name, value: group.id })),
    sites: sites.map((site) => ({ label: site.name, value: site.id })),
    products: (await offeredProducts(db)).map((product) => ({ label: product.name, value: product.id })),
    complaints: complaints.map((row) => ({ label: row.complaint_no, value: row.complaint_no })),
  };
}
