import { lines } from '../lines.ts';
import type { Group } from '../player.ts';

const variables = '{"a":1,"b":2,"t":true,"f":false,"n":null,"s":"text","list":[1,2,3],"c":{"a":1,"b":{"c":"x"},"if":5,"date":7},"if":3,"for":4,"order amount":5,"item":"outer","in":1,"not":2,"some":[1],"every":8,"date":"2020-01-01","time":9,"duration":10,"return":11,"then":12,"else":13,"and":14,"function":15,"between":16,"instance":17,"of":18,"true1":19,"null1":20,"string":21,"satisfies":22,"or":23,"days":24,"years":25}';

const groups: Group[] = [
  {
    topic: 'comparison and null',
    variables,
    expressions: lines`
      1 = 1
      1 = 1.0
      1 = 2
      1 != 2
      1 != 1
      1 == 1
      1 <> 2
      1 < 2
      2 < 1
      1 <= 1
      1 >= 2
      1 > null
      null > 1
      null < null
      null = null
      null != null
      null = 1
      1 = null
      1 != null
      "a" = "a"
      "a" = "A"
      "a" < "b"
      "a" < "B"
      "a" = 1
      "a" != 1
      "1" = 1
      true = true
      true = false
      true < false
      true > null
      true = 1
      true != "a"
      [] = []
      [1] = [1]
      [1] = [1.0]
      [1,2] = [2,1]
      [1] = 1
      1 = [1]
      [1] != [2]
      [null] = [null]
      [1] < [2]
      [1,"a"] = [1,2]
      {} = {}
      {a:1} = {a:1}
      {a:1} = {a:2}
      {a:1,b:2} = {b:2,a:1}
      {a:1} = {a:"x"}
      {a:1} = {b:1}
      {a:null} = {}
      {a:1} != {a:2}
      {a:1} < {a:2}
      {a:1} = null
      null = {}
      [] = null
      date("2020-01-01") = date("2020-01-01")
      date("2020-01-01") < date("2020-01-02")
      date("2020-01-01") = "2020-01-01"
      date("2020-01-01") = date and time("2020-01-01T00:00:00")
      time("10:00:00Z") = time("12:00:00+02:00")
      time("10:00:00") = time("10:00:00Z")
      date and time("2020-01-01T00:00:00Z") = date and time("2020-01-01T01:00:00+01:00")
      duration("P1Y") = duration("P12M")
      duration("P1D") = duration("PT24H")
      duration("P1M") = duration("P30D")
      duration("P1Y") > duration("P11M")
      duration("P1D") > duration("P1M")
      1 < 2 < 3
      1 = 1 = true
      (1 = 1) = true
      a = 1
      a = b
      a < b
      nope = null
      nope = nope
      nope != null
      nope > 1
      c = {a:1}
      c.a = a
      c.b.c = "x"
      n = null
      s = "text"
      function(x) x = function(x) x
      1 between 0 and 2
      1 between 1 and 1
      1 between 2 and 0
      1 between null and 2
      null between 1 and 2
      "b" between "a" and "c"
      1 between "a" and "c"
      date("2020-06-01") between date("2020-01-01") and date("2020-12-31")
      a between 0 and 1 and t
      1 in 1
      1 in 2
      1 in [1,2]
      1 in [2,3]
      1 in (1,2)
      3 in (1,2)
      1 in < 2
      1 in (< 2)
      1 in (> 2, < 0)
      5 in (> 2, < 0)
      1 in [1..3]
      1 in (1..3)
      3 in [1..3)
      3 in [1..3[
      1 in ]1..3]
      2 in ]1..3[
      1 in ([1..3])
      1 in ([5..6], [1..2])
      "a" in ["a","b"]
      "a" in ["a".."c"]
      null in [1,2]
      null in [null]
      null in null
      1 in null
      1 in []
      [1] in [[1],[2]]
      1 in "a"
      date("2020-01-01") in [date("2019-01-01")..date("2021-01-01")]
      a in list
      a in (list)
      a in (1, "a")
      s in ("text", "other")
      1 in (? > 0)
      5 in (? > 0, ? < 0)
      5 in not(5)
      5 in (not(5))
    `,
  },
  {
    topic: 'three-valued logic',
    variables,
    expressions: lines`
      true and true
      true and false
      true and null
      false and null
      null and true
      null and false
      null and null
      true or true
      true or null
      false or null
      null or true
      null or false
      null or null
      true and 1
      false and 1
      1 and true
      1 and false
      1 or true
      1 or false
      "a" and "b"
      "a" or true
      true and nope
      nope and false
      nope or true
      true or false and false
      (true or false) and false
      not(true)
      not(false)
      not(null)
      not(1)
      not("a")
      not(nope)
      not(not(true))
      not true
      not(true, false)
      all([true,true])
      all([true,false])
      all([true,null])
      all([false,null])
      all([])
      all(true,true)
      all(true,null,false)
      all(1)
      all(null)
      all([1])
      all([true,1])
      any([true,false])
      any([false,false])
      any([false,null])
      any([])
      any(true,null)
      any(1)
      any(null)
      any(["a",true])
      and([true,false])
      or([true,false])
      and(true,true)
      or(false,null)
      if true then 1 else 2
      if false then 1 else 2
      if null then 1 else 2
      if 1 then 1 else 2
      if nope then 1 else 2
      if "true" then 1 else 2
      if true then 1
      if true 1 else 2
      if (true) then (1) else (2)
      if a > 0 then "p" else "n"
      if a = 1 and b = 2 then "both" else "no"
      if false then 1 else if true then 2 else 3
      (if true then 1 else 2) + 1
      if true then 1 else 2 + 1
      1 + if true then 1 else 2
      [if true then 1 else 2, 3]
      t and f
      t or n
      n and f
      s and t
      is defined(a)
      is defined(nope)
      is defined(n)
      is defined(c.a)
      is defined(c.nope)
      is defined(nope.x)
      is defined()
      get or else(a, 5)
      get or else(n, 5)
      get or else(nope, 5)
      get or else(null, null)
      get or else(a)
      assert(a, a = 1)
      assert(a, a = 2)
      assert(a, a = 2, "wrong a")
      assert(nope, nope != null)
      assert(a, null)
      assert(a, "x")
      assert(a, false, a)
      [1, assert(a, false, "inner")]
      if false then assert(a, false) else 1
      a instance of number
      s instance of string
      t instance of boolean
      n instance of number
      n instance of null
      list instance of list
      list instance of list<number>
      c instance of context
      c instance of context<a: number>
      1 instance of Any
      null instance of Any
      1 instance of integer
      1.5 instance of number
      date("2020-01-01") instance of date
      time("10:00:00") instance of time
      date and time("2020-01-01T10:00:00") instance of date and time
      date and time("2020-01-01T10:00:00") instance of date time
      duration("P1D") instance of days and time duration
      duration("P1Y") instance of years and months duration
      duration("P1Y") instance of duration
      function(x) x instance of function
      (function(x) x) instance of function
      [1..2] instance of range
      nope instance of number
    `,
  },
  {
    topic: 'names',
    variables,
    expressions: [
      ...lines`
        if
        for
        in
        not
        some
        every
        date
        time
        duration
        return
        then
        else
        and
        or
        function
        between
        instance
        of
        satisfies
        string
        days
        years
        true1
        null1
        item
        if + 1
        for * 2
        date + "x"
        time + 1
        some + [1]
        every + 1
        in + 1
        not + 1
        then + 1
        of + 1
        c.if
        c.date
        c.a.b
        c.b.c
        c."a"
        c.nope
        nope
        nope.a
        nope.a.b
        a.b
        s.length
        n.a
        list.a
        list.length
        order amount
        c["a"]
        c[a = 1]
        c[a = 2]
        {if: 1}
        {if: 1}.if
        {for: 1}.for
        {date: 1}.date
        {then: 1, else: 2}
        {function: 1}.function
        {x: if}
        [if, for]
        string(if)
        if(1)
        for(1)
        date(1)
        trueish
        nullable
        falsey
        iffy
        format
        notable
        andy
        orange
        infant
        someone
        everyone
        returned
        if if = 3 then for else 1
        for x in some return x
        some x in some satisfies x = 1
        _a
        $a
        a$
        a'
        a?
        ?a
        a-b
        a - b
        a+b
        a.
        .a
        ?
        ? + 1
        [1,2,3][? > 1]
        contains("abc", ?)
        x!
        @a
        #a
        a;b
        a,b
        a:1
      `,
      '`order amount`',
      '`order amount` + 1',
      '`a`',
      '`nope`',
      'c.`a`',
      '{`x y`: 1}',
      '{`x y`: 1}.`x y`',
      '``',
    ],
  },
  {
    topic: 'keywords glued together, and where a range, a lambda or a word may stand',
    variables: '{"a":1,"b":2,"n":null,"cluded":5,"l":[1,2],"x":"abc","t":true}',
    expressions: lines`
      --a
      - -2
      -(-2)
      --(2)
      2---2
      2----2
      ---a
      [1..5] + 1
      [1..5] and true
      true and [1..5]
      not([1..5])
      [1..5] in 1
      1 + function(x) x
      [1] = for x in [1] return x
      1 = if true then 1 else 2
      1 in 2 = false
      1 in [1] = true
      1 in ? > 0 and false
      1 in ? > 0 = true
      5 in cluded
      5 included
      a in5
      1 andtrue
      true andtrue
      true ortrue
      1 between0 and 2
      1 between 0 and2
      1 instanceof number
      1 instance ofnumber
      if true then1 else2
      if truethen 1 else 2
      iftrue then 1 else 2
      for x inl return x
      forx in l return x
      for x in l returnx
      some x in l satisfiesx = 1
      somex in l satisfies x = 1
      1 in(1)
      1in 2
      not (true)
      upper case (x)
      function (y) y
      l [1]
      a. b
      -[1..2]
      {"a" :1}
      { a b : 1}
      @ "2020-01-01"
      1 /*x
      {1a:2}
      {1 2:3}
      {-:1}
      {"":1}
      {a+b:1}
      {a'b:1}
      {null:1}
      {function :1}
      {null a:1}
      if: 1
      a instance of list<number>
      a instance of null
      a instance of range
      a instance of function
      a instance of any
      [function(x) x]
      {c:{f:function(x) x}}
      string({f:function(x) x})
      count(get entries({f:function(x) x}))
      string([function(x) x])
      {f:function(x) x}.f
      is defined({f:function(x) x}.f)
      includes(["a".."c"], "b")
      string([date("2020-01-01")..date("2020-01-02")])
      a between "x" and 0
      a between 5 and "x"
      [1,2,3][item between "a" and 0]
      l[1..2]
      [1,2][1..2]
      x.y
      a instance of number and t
      for if in [1] return 2
      for x in [1] return if x = 1 then 2 else 3
      if t then if n then 1 else 2 else 3
      for a in l, b in l return a * b
      some if in l satisfies true
    `,
  },
];

export default groups;
