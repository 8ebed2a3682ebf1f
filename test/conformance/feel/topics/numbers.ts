import { lines } from '../lines.ts';
import type { Group } from '../player.ts';

const variables = '{"i":7,"big":9007199254740993,"negative":-9007199254740995,"long":9223372036854775807,"beyond":9223372036854775808,"hundred":1e20,"tiny":1e-7,"small":0.1,"whole":1.0,"half":2.5,"cents":19.99,"zero":0,"minusZero":-0.0,"deep":{"n":9007199254740993,"list":[1,2.50,9007199254740993]},"mixed":[1,"2",null],"text":"12"}';

const groups: Group[] = [
  {
    topic: 'literals',
    variables,
    expressions: lines`
      0
      00
      007
      1
      -1
      - 1
      1.0
      1.10
      .5
      0.5
      -.5
      5.
      1.
      1..2
      1.2.3
      1e5
      1E5
      0x10
      1_000
      1,000
      9007199254740991
      9007199254740992
      9007199254740993
      -9007199254740993
      9223372036854775807
      9223372036854775808
      -9223372036854775808
      -9223372036854775809
      99999999999999999999
      123456789012345678901234567890123456789
      0.1234567890123456789012345678901234567890
      1.0000000000000000000000000000000000001
      0.0000001
      0.000000000000000000000000000000000000000001
      100000000000000000000000.5
      "a"
      ""
      "a""b"
      "a\"b"
      "a\\b"
      "a\nb"
      "a\tb"
      "\u4e2d"
      "中文"
      "😀"
      'a'
      true
      false
      null
      True
      NULL
      []
      [1]
      [1,2,]
      [,]
      [1 2]
      {}
      {a:1}
      {"a b":1}
      {a b:1}
      {a-b:1}
      {a:1,}
      {a:1,a:2}
      {1:2}
      {a:1 b:2}
      (1)
      ((1))
      ()
      ( )
      1 // one
      /* one */ 1
      1 /* a */ + /* b */ 2
      // nothing
      1 +
      + 1
      * 1
      1 1
      1 a
      a b
    `,
  },
  {
    topic: 'arithmetic',
    variables,
    expressions: lines`
      0.1+0.2
      0.1*3
      1-0.9
      1/3
      2/3
      -1/3
      1/3*3
      string(1/3)
      string(2/3)
      string(1/3*3)
      string(1/7)
      10/4
      string(10/4)
      string(10/5)
      string(10.0/5)
      string(1.10+1.20)
      string(1.10*2.0)
      string(1.1*1.1)
      string(5/2.0)
      string(0/5)
      1/0
      0/0
      1.5/0.0
      string(9999999999999999999999999999999999+1)
      string(99999999999999999999999999999999999+1)
      string(12345678901234567890.12345678901234567890*2)
      string(1/998001)
      string(10**20)
      string(10**34)
      string(2**64)
      string(2**100)
      string(2**200)
      string(1.1**10)
      string(2**-3)
      2**0.5
      4**0.5
      string(4**0.5)
      (-8)**(1/3)
      0**0
      0**-1
      2**3**2
      -2**2
      2*-3
      2--3
      2 - - 3
      --2
      ---2
      1+2*3
      (1+2)*3
      10-4-3
      100/10/2
      2*3**2
      10-2**2
      7+"a"
      "a"+7
      "a"+"b"
      "a"+null
      null+1
      1+null
      true+1
      1-"a"
      "a"-"b"
      "a"*2
      2*"a"
      "a"/2
      [1]+[2]
      [1]*2
      {a:1}+{b:2}
      -"a"
      -null
      -[1]
      -true
      i+1
      i/2
      i*i
      big
      big+0
      big+1
      big*2
      big/1
      -big
      big = 9007199254740993
      big = 9007199254740992
      negative
      negative-1
      long
      long+1
      long+0
      beyond
      hundred
      hundred+1
      string(hundred)
      string(big)
      string(tiny)
      string(small)
      string(whole)
      string(half)
      string(cents)
      string(minusZero)
      tiny
      small
      small+0.2
      whole
      half
      cents*100
      cents*3
      zero
      minusZero
      1/minusZero
      deep
      deep.n
      deep.n+1
      deep.list
      deep.list[3]
      deep.list[-1]+1
      sum(deep.list)
      mixed
      {n: big, m: [big]}
      [1.0,2.50,3]
      string([1.0,2.50,3])
      {a:1.50}
      string({a:1.50})
      10000000000000000*10000
      1000000000*1000000000*10
      0.5+0.5
      string(0.5+0.5)
      1.0*1.0
      string(1.0*1.0)
      1e1
      5 % 2
      5 mod 2
      1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9
      1.23456789012345678
      0.30000000000000004
      123456789.123456789
      string(123456789.123456789)
      12345678901234567890
      1234567890123456789
      -1234567890123456789
      1.7976931348623157
      3.14159265358979323846264338327950288
      string(3.14159265358979323846264338327950288)
    `,
  },
  {
    topic: 'functions of numbers',
    variables,
    expressions: lines`
      decimal(1/3, 2)
      decimal(1.5, 0)
      decimal(2.5, 0)
      decimal(3.5, 0)
      decimal(0.125, 2)
      decimal(1.115, 2)
      string(decimal(1, 3))
      decimal(1234.5, -2)
      string(decimal(1234.5, -2))
      decimal(1, "a")
      decimal(null, 1)
      decimal(1)
      decimal(n: 1.25, scale: 1)
      floor(1.5)
      floor(-1.5)
      floor(1.56, 1)
      floor(-1.56, 1)
      floor(1)
      floor("a")
      floor(null)
      string(floor(1.5))
      ceiling(1.5)
      ceiling(-1.5)
      ceiling(1.51, 1)
      ceiling(n: 1.2)
      round up(5.5, 0)
      round up(-5.5, 0)
      round up(1.121, 2)
      round up(5.5)
      round down(5.5, 0)
      round down(-5.5, 0)
      round half up(5.5, 0)
      round half up(-5.5, 0)
      round half up(1.125, 2)
      round half down(5.5, 0)
      round half down(-5.5, 0)
      round half down(1.125, 2)
      string(round half up(1, 2))
      abs(10)
      abs(-10)
      abs(-1.50)
      string(abs(-1.50))
      abs("a")
      abs(duration("-PT5H"))
      abs(duration("-P5M"))
      abs(n: -3)
      modulo(12, 5)
      modulo(-12, 5)
      modulo(12, -5)
      modulo(-12, -5)
      modulo(10.1, 4.5)
      modulo(-10.1, 4.5)
      modulo(1, 0)
      modulo("a", 2)
      modulo(dividend: 7, divisor: 4)
      sqrt(16)
      string(sqrt(16))
      sqrt(2)
      sqrt(-1)
      sqrt(0)
      sqrt("a")
      log(10)
      log(1)
      log(0)
      log(-1)
      exp(0)
      exp(1)
      exp(5)
      exp(1000)
      odd(5)
      odd(2)
      odd(2.5)
      odd(-3)
      odd(0)
      even(2)
      even(5)
      even(2.0)
      even(0.5)
      even(null)
      number("12")
      number("12.5")
      number("1,000", ",")
      number("1,000.5", ",", ".")
      number("1.000,5", ".", ",")
      number("1 000", " ")
      number("abc")
      number("")
      number(" 12")
      number("1e3")
      number("+5")
      number("-5")
      number(5)
      number(null)
      number("1,5", ",", ",")
      number("1.5", null, ".")
      number("1,5", null, ",")
      number(from: "5")
      number(text)
      number("12", "x")
      number("9007199254740993")
      string(number("1.50"))
      random number() < 1
      random number() >= 0
      random number(1)
      sum(1,2,3)
      sum([1,2,3])
      sum([])
      sum([1,"a"])
      sum(null)
      sum("a")
      sum([1,null])
      sum(0.1,0.2)
      sum([1.0, 2.50])
      string(sum([1.0, 2.50]))
      product([2,3,4])
      product(2,3)
      product([])
      product([2,"a"])
      mean([1,2,3])
      mean(1,2)
      mean([])
      mean([1,2])
      mean([1,null])
      string(mean([1,2,4]))
      median(8, 2, 5, 3, 4)
      median([6, 1, 2, 3])
      median([])
      median(["a"])
      stddev(2, 4, 7, 5)
      stddev([47])
      stddev([])
      stddev([1,1])
      mode(6, 3, 9, 6, 6)
      mode([6, 1, 9, 6, 1])
      mode([])
      mode(["a"])
      min(1,2,3)
      min([1,2,3])
      min([])
      min("a","b")
      min([1,"a"])
      min(date("2020-01-01"), date("2019-01-01"))
      min(null, 1)
      min([null])
      max(1,2,3)
      max([])
      max("a","b")
      max(5)
      max("x")
      max([1.0, 1])
      string(max([1.0, 1]))
      string(max([1, 1.0]))
      max(duration("PT1H"), duration("PT2H"))
      max(true, false)
      min([[1],[2]])
      count([1,2,3])
      count([])
      count(1)
      count(null)
      count(1,2)
      count(list: [1])
    `,
  },
];

export default groups;
