import { lines } from '../lines.ts';
import type { Group } from '../player.ts';

const groups: Group[] = [
  {
    topic: 'what an incident says of a condition',
    as: 'condition',
    variables: '{"a":1,"s":"text","n":null,"list":[1,2],"c":{"a":1,"b":null},"f":1.50,"people":[{"age":1},{"age":"x"}]}',
    expressions: lines`
      nope
      n
      a
      s
      f
      list
      c
      null
      1.5
      "x"
      []
      {}
      date("2020-01-01")
      time("10:00:00")
      date and time("2020-01-01T10:00:00Z")
      date and time("2020-01-01T10:00:00")
      duration("P1D")
      duration("P1Y")
      function(x) x
      nope > 1
      nope < 1
      nope = 1
      nope = null
      nope.x
      nope.x > 5
      nope.x.y
      c.nope
      c.nope > 1
      c.b.x
      c.b > 1
      s.x
      a.x
      n.x
      list.x
      list[9]
      list[9] > 1
      list[item > 1]
      people[age > 0]
      people.nope
      a > s
      a = s
      s = a
      s != a
      list = a
      c = a
      a + s
      s + a
      a + s > 1
      a - s
      a * s
      a / s
      a / 0
      a / 0 > 1
      a ** s
      -s
      nope + 1
      nope and true
      true and nope
      a and true
      false or s
      s or n
      not(a)
      not(nope)
      if a then 1 else 2
      if nope then true else false
      nope in (1, 2)
      a in ("x", "y")
      nope in [1..5]
      a in ["a".."b"]
      a between "x" and "y"
      a between nope and 5
      upper case(a)
      upper case(nope)
      substring(s)
      substring(s, "x")
      substring(a, 1)
      string length(n)
      contains(s, a)
      contains(nope, "x")
      matches(s, "[")
      nope()
      nope(1)
      nope(1, 2)
      nope(x: 1)
      upper case(s, s)
      upper case(x: s)
      a(1)
      count(a)
      count(nope)
      count(nope) > 1
      sum(s)
      sum([1, "x"])
      min([1, "x"])
      max(list, "x")
      mean([])
      list contains(nope, 1)
      list contains(a, 1)
      append(a, 1)
      index of(nope, 1)
      sort(list, function(x) x)
      sort([1,"a"], function(x,y) x < y)
      date(s)
      date(nope)
      date(2020, 13, 1)
      time("25:00:00")
      date and time("x")
      duration("x")
      duration(a)
      number("x")
      number(a)
      number("1", "x")
      decimal(s, 1)
      modulo(a, 0)
      sqrt(-1)
      log(0)
      date("2020-01-01") + 1
      date("2020-01-01") > 1
      date("2020-01-01") > "2020-01-02"
      date("2020-01-01").x
      duration("P1D").x
      time("10:00:00").x
      date and time("2020-01-01T10:00:00Z").x
      duration("P1D") > duration("P1M")
      time("10:00:00") > time("10:00:00Z")
      for x in nope return x
      for x in a return x
      for x in list return nope
      some x in nope satisfies x
      some x in list satisfies x
      some x in list satisfies nope
      every x in list satisfies s
      every x in list satisfies nope > x
      get value(c, "nope")
      get value(nope, "a")
      context put(a, "x", 1)
      get entries(nope)
      context merge(a)
      get or else(nope, 5)
      get or else(nope, nope)
      is defined(nope)
      assert(nope, nope != null)
      assert(a, a > 5, "too small")
      a instance of nope
      before(1, "a")
      before(nope, 1)
      includes([1..5], "a")
      string(nope)
      string join([1])
      string join(nope)
      {a: nope}.a
      {a: nope}
      [nope]
      [nope][1]
      nope[1]
      a[1]
      s[item = 1]
      nope.a + nope.b
      c.x.y > c.y
      now().x
      [1] < [2]
      {a:1} < {b:1}
      true < false
      true > 1
      "a" > 1
      null > 1
      1 > null
      null < null
      true
      false
      a = 1
      a > 5
      ?
      ? > 1
      1 in ? > 0
    `,
  },
  {
    topic: 'what an incident says of functions and nested parts',
    as: 'condition',
    variables: '{"a":1,"s":"text","n":null,"t":true}',
    expressions: lines`
      time(s)
      date and time(s)
      duration(s)
      date(from: s)
      date(s + "x")
      time(s+"")
      string join(["a",1,null])
      string join([true,"b"])
      number("1","x",".")
      number("1",",","x")
      number("1",",",",")
      number(s)
      coincides([1..1],1)
      a between "x" and 0
      a between 5 and "x"
      s in (1,2,"text")
      s in (1,2)
      nope or nope2
      nope and nope2
      nope and false
      nope or true
      all([1,true])
      any([1,2])
      and(1,2)
      concatenate(1,n)
      union(1)
      remove(a,1)
      insert before(a,1,2)
      context put(n,["a"],1)
      context merge([1])
      put all(1,2)
      matches(s,"[")
      replace(s,"[","x")
      replace(s,"t","$9")
      split(s,"[")
      extract(s,"[")
      mode(["a"])
      median(["a"])
      stddev(["a"])
      product(["a"])
      mean(["a"])
      sum(["a",n])
      max([n])
      min([t,1])
      flatten(a)
      distinct values(a)
      duplicate values(n)
      sublist([1],s)
      reverse(s)
      floor(s)
      round up(1,s)
      abs(s)
      odd(s)
      sqrt(s)
      exp(s)
      time(25,0,0)
      time(1,2)
      date and time(s,s)
      years and months duration(s,s)
      day of week(s)
      last day of month(n)
      date and time(date("2020-01-01"),"x")
      number("1e")
      substring(s,n)
      string length(a)
      get entries(1)
      context(1)
      context([{key:1}])
      is defined(nope.x)
      not(nope)
      if nope then 1 else nope2
      for x in [1] return nope
      some x in [nope] satisfies x
      [1,2][nope]
      [1,2][nope > 1]
      {a: nope, b: a}.b
      nope[1].x
      duration("P1D") + 1
      duration("P1D") > 1
      a > duration("P1D")
      1 - duration("P1D")
      date("2020-01-01") - duration("P1D") > 1
      (function(x) x)
      t and (function(x) x)
      nope(nope2)
      upper case(nope2)
      lower case(a, a)
      x.y.z
      [1,2].a > 1
      time("10:00:00").year
      "a".b
      {}.a
      {}.a.b
      [].a
      [1][2].a
      [1,2][odd(item)]
      [1,2][item]
      [1,2][nope2 + nope]
      [1,2][if item > 1 then true else nope]
      [][nope]
      [1,2][t]
      [1,2][s]
      [1,2][n]
      [{a:1}][a]
      [{a:1}][b = 1]
      [{a:1}][nope.x = 1]
      s in ("x", 1)
      s in (1)
      s in (1, "x", 2)
      s in [1, 2]
      true and s and nope
      s or nope or n
      time("x" + s)
      time("10:00:00+99:00" + "")
      time("10:00:00@Nowhere" + "")
      date and time("2020-01-01T10:00:00@Nowhere" + "")
      date and time(date("2020-01-01"), nope)
      date("2020-02-30" + "")
    `,
  },
];

export default groups;
