import { lines } from '../lines.ts';
import type { Group } from '../player.ts';

const variables = '{"list":[1,2,3,4],"people":[{"name":"a","age":30,"tags":["x","y"]},{"name":"b","age":40,"tags":[]},{"name":"c","age":null}],"nested":[[1,2],[3,[4]]],"empty":[],"c":{"a":1,"b":{"c":2},"list":[{"v":1},{"v":2}]},"n":null,"x":100,"item":7,"partial":9}';

const groups: Group[] = [
  {
    topic: 'lists and filters',
    variables,
    expressions: lines`
      list[1]
      list[4]
      list[5]
      list[0]
      list[-1]
      list[-4]
      list[-5]
      list[1.5]
      list["1"]
      list[null]
      list[true]
      list[false]
      list[item > 2]
      list[item >= 2 and item < 4]
      list[item = null]
      list[odd(item)]
      list[even(item)]
      list[x > 5]
      list[item]
      list[count(list)]
      list[list[1]]
      list[list[2]]
      list[1] + list[2]
      list[item > 1][1]
      list[item > 1][item < 4]
      empty[1]
      empty[item > 1]
      n[1]
      5[1]
      5[item > 1]
      "abc"[1]
      c[1]
      c[a = 1]
      people[1]
      people[1].name
      people.name
      people.age
      people.tags
      people.nope
      people[age > 30]
      people[age > 30].name
      people[item.age > 30].name
      people[name = "b"].age
      people[name = "b"][1].age
      people[age = null].name
      people[nope = 1]
      people[nope = null].name
      people[x > 5].name
      people[count(tags) > 0].name
      people[list contains(tags, "x")].name
      people[-1].name
      nested[1]
      nested[2][2]
      nested[2][2][1]
      c.list.v
      c.list[v > 1]
      c.list[v > 1].v
      c.list[1].v + 1
      [1,2,3][item > 1]
      [{a:1},{a:2}][a = 2]
      [{a:1},{b:2}].a
      [{a:1},{b:2}][a = 1]
      [[1],[2]][item = [1]]
      [1,null,3][item != null]
      [1,null,3][item > 1]
      ["a","b"][item = "a"]
      [date("2020-01-01"), date("2021-01-01")][item > date("2020-06-01")]
      list contains(list, 2)
      list contains(list, 9)
      list contains([1,null], null)
      list contains([], 1)
      list contains(null, 1)
      list contains([[1]], [1])
      list contains([1,"1"], "1")
      list contains(list: [1], element: 1)
      append([1], 2)
      append([1], 2, 3)
      append([1], [2])
      append(null, 1)
      append([1])
      append(1, 2)
      concatenate([1],[2])
      concatenate([1],[2],[3])
      concatenate([1],2)
      concatenate()
      concatenate([1], null)
      insert before([1,3], 1, 2)
      insert before([1,3], 2, 2)
      insert before([1,3], 3, 2)
      insert before([1,3], -1, 2)
      insert before([1,3], 0, 2)
      insert before([1,3], 9, 2)
      insert before([], 1, 2)
      remove([1,2,3], 2)
      remove([1,2,3], -1)
      remove([1,2,3], 0)
      remove([1,2,3], 9)
      remove([], 1)
      reverse([1,2,3])
      reverse([])
      reverse(null)
      index of([1,2,3,2], 2)
      index of([1], 9)
      index of([1,null], null)
      index of(null, 1)
      union([1,2],[2,3])
      union([1,1],[1])
      union([1],[null])
      distinct values([1,2,3,2,1])
      distinct values([1,1.0])
      distinct values([null,null])
      distinct values([[1],[1]])
      distinct values([{a:1},{a:1}])
      duplicate values([1,2,3,2,1])
      duplicate values([1])
      flatten([[1,2],[[3]],4])
      flatten([])
      flatten(nested)
      sublist([1,2,3], 2)
      sublist([1,2,3], 1, 2)
      sublist([1,2,3], -1)
      sublist([1,2,3], -2, 1)
      sublist([1,2,3], 0)
      sublist([1,2,3], 9)
      sublist([1,2,3], 1, 9)
      sublist([1,2,3], 1, 0)
      sublist([1,2,3], 2, -1)
      sort([3,1,2], function(x,y) x < y)
      sort([3,1,2], function(x,y) x > y)
      sort(["b","a"], function(x,y) x < y)
      sort([3,1,2])
      sort([3,1,2], function(x) x)
      sort([3,1,"a"], function(x,y) x < y)
      sort(people, function(x,y) x.name > y.name).name
      sort(list: [2,1], precedes: function(x,y) x < y)
      count(people)
      count(people[age > 30])
      sum(people.age)
      sum(people[age != null].age)
      max(people[age != null].age)
      min(list)
      is empty([])
      partition([1,2], 1)
      list replace([1], 1, 2)
      list.nope
      [1,2,3].x
      list[1].a
      count(list[item > 9])
      [1..3]
      [3..1]
      [[1..3]]
      [1,2][[1]]
      list[item in [1..2]]
      list[item in (2,3)]
      list[item between 2 and 3]
      list[not(item = 2)]
      list[some y in [1,2] satisfies y = item]
      list[if item > 2 then true else false]
      list[item > 2 or item = 1]
      list[function(a) a]
    `,
  },
  {
    topic: 'for, some and every',
    variables,
    expressions: lines`
      for x in [1,2,3] return x
      for x in [1,2,3] return x * 2
      for x in list return x + 1
      for x in list, y in [10,20] return x + y
      for x in [1,2], y in [x, x + 1] return y
      for x in [] return x
      for x in null return x
      for x in 5 return x
      for x in "abc" return x
      for x in {a:1} return x
      for x in 1..3 return x
      for x in 3..1 return x
      for x in 1..1 return x
      for x in 1..n return x
      for x in 1..2.5 return x
      for x in -1..1 return x
      for x in 1..count(list) return x
      for x in [1..3] return x
      for x in (1..3) return x
      for x in 1..2, y in 1..2 return [x,y]
      for x in people return x.name
      for x in people return x.age + 1
      for x in people.name return x
      for x in people[age > 30] return x.name
      for x in [1,2,3] return for y in [1,2] return x * y
      for x in [1,2,3] return if x > 1 then x else null
      for x in [1,2,3] return partial
      for x in [1,2,3] return count(partial)
      for i in 1..5 return if i <= 2 then 1 else partial[-1] + partial[-2]
      for x in [1,2,3] return {v: x}
      (for x in [1,2,3] return x)[1]
      count(for x in [1,2,3] return x)
      for x in list return x > 2
      for item in list return item
      for x in list return nope
      for x in list
      for in list return 1
      for x in list, return x
      for x of list return x
      for x y in [1] return x
      for x in date("2020-01-01")..date("2020-01-03") return x
      some x in [1,2,3] satisfies x > 2
      some x in [1,2,3] satisfies x > 5
      some x in [] satisfies x > 5
      some x in [1,null] satisfies x > 5
      some x in [1,null,9] satisfies x > 5
      some x in null satisfies x > 5
      some x in [1,2], y in [2,3] satisfies x = y
      some x in [1] satisfies "a"
      some x in [1] satisfies null
      some x in 1..3 satisfies x = 2
      every x in [1,2,3] satisfies x > 0
      every x in [1,2,3] satisfies x > 1
      every x in [] satisfies x > 5
      every x in [1,null] satisfies x > 0
      every x in [1,null,0] satisfies x > 0
      every x in null satisfies x > 5
      every x in [1,2], y in [3,4] satisfies x < y
      every x in people satisfies x.age > 10
      some x in people satisfies x.age > 35
      some x in list satisfies
      some list satisfies x
      every in list satisfies true
      (some x in list satisfies x = 1) and true
      not(some x in list satisfies x = 9)
      some x in list satisfies x = 1 and x = 2
      for x in (some y in list satisfies y = 1) return x
    `,
  },
  {
    topic: 'contexts',
    variables,
    expressions: lines`
      {a: 1, b: a + 1}
      {a: 1, b: a + 1}.b
      {b: a + 1, a: 1}
      {a: {b: 1}, c: a.b}
      {a: 1}.a
      {a: 1}.b
      {a: null}.a
      {}.a
      {"a b": 1}."a b"
      {"a b": 1}["a b"]
      {a: x}
      {x: x}
      {x: 1, y: x}
      {f: function(a) a + 1, r: f(2)}
      {f: function(a) a + 1}.f
      {f: function(a) a + 1}.f(2)
      {f: function(a, b) a - b, r: f(b: 1, a: 5)}
      {f: function(a) if a = 0 then 0 else f(a - 1), r: f(3)}
      {f: function() 5, r: f()}
      {f: function(a) a + x, r: f(2)}.r
      {a: [1,2], b: a[1]}
      {"a": 1}
      {a.b: 1}
      {a: 1, a: 2}.a
      {中文: 1}.中文
      get value({a: 1}, "a")
      get value({a: 1}, "b")
      get value({a: {b: 2}}, ["a","b"])
      get value({a: {b: 2}}, ["a","x"])
      get value({a: 1}, [])
      get value(null, "a")
      get value({a: 1}, 5)
      get value(c, "a")
      get value(context: {a: 1}, key: "a")
      get value(m: {a: 1}, key: "a")
      get entries({a: 1, b: "x"})
      get entries({})
      get entries(null)
      get entries(c)
      context put({a: 1}, "b", 2)
      context put({a: 1}, "a", 2)
      context put({}, "a", null)
      context put({a: {b: 1}}, ["a","c"], 2)
      context put({a: 1}, ["a","c"], 2)
      context put({a: 1}, [], 2)
      context put({a: 1}, 5, 2)
      context put(null, "a", 1)
      context put(context: {a: 1}, key: "b", value: 2)
      put({a: 1}, "b", 2)
      context merge([{a: 1}, {b: 2}])
      context merge({a: 1}, {a: 2})
      context merge([])
      context merge([{a: 1}, null])
      context merge(null)
      context merge({a:{b:1}}, {a:{c:2}})
      put all({a: 1}, {b: 2})
      put all([{a: 1}, {b: 2}])
      context([{key: "a", value: 1}])
      context([{key: "a"}])
      context([{"key": 1, "value": 1}])
      context([])
      context(null)
      context({key: "a", value: 1})
      context([{key: "a", value: 1}, {key: "a", value: 2}])
      c.a + 1
      c.b.c
      c.b.d
      c.b
      c.nope.x
      c.list
      c.list.v
      string(c)
      {r: [1..3]}
      {a: function(x) x}
      [function(x) x]
      [[1..3]]
    `,
  },
];

export default groups;
