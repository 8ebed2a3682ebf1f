import { FeelContext, FeelFailure, FeelFunction } from '../../contract/feel/index.ts';
import type { FeelScope, FeelValue } from '../../contract/feel/index.ts';
import { evaluateTable } from './evaluate-table.ts';
import type { Logic } from './model.ts';
import { valueOf } from './place.ts';
import type { Place } from './place.ts';

/** Evaluates any logic. @throws FeelFailure when it cannot give a result */
export function evaluateLogic(logic: Logic, place: Place): FeelValue {
  switch (logic.type) {
    case 'DECISION_TABLE': return evaluateTable(logic, place);
    case 'LITERAL_EXPRESSION': return valueOf(logic.expression, place);
    case 'LIST': return logic.items.map((item) => evaluateLogic(item, place));
    case 'RELATION': return logic.rows.map((row) => new FeelContext(new Map(row.map(({ column, value }) => [column, evaluateLogic(value, place)]))));
    case 'CONTEXT': {
      const values = new Map<string, FeelValue>();
      const inner: Place = { ...place, scope: over(values, place.scope) };
      for (const { name, value } of logic.entries) {
        const result = evaluateLogic(value, inner);
        // an entry without a name is the result of the whole
        if (name === undefined) return result;
        values.set(name, result);
      }
      return new FeelContext(values);
    }
    case 'INVOCATION': {
      const called = place.scope.get(logic.knowledge);
      if (!(called instanceof FeelFunction)) throw new FeelFailure(`no function found with name '${logic.knowledge}'`);
      const given = new Map(logic.bindings.map(({ parameter, value }) => [parameter, evaluateLogic(value, place)]));
      return called.invoke(called.parameters.map((parameter) => given.get(parameter) ?? null));
    }
    case 'FUNCTION': {
      const names = logic.parameters.map(({ name }) => name);
      return new FeelFunction(names, (args) => {
        const given = new Map(names.map((name, index) => [name, args[index] ?? null]));
        return evaluateLogic(logic.body, { ...place, scope: over(given, place.scope) });
      });
    }
  }
}

function over(inner: FeelScope, outer: FeelScope): FeelScope {
  return {
    get(name) {
      const own = inner.get(name);
      return own === undefined ? outer.get(name) : own;
    },
  };
}
