import { lines } from '../lines.ts';
import type { Group } from '../player.ts';

const groups: Group[] = [
  {
    topic: 'dates and times',
    variables: '{"d":"2024-02-29","t":"10:30:00","dt":"2024-02-29T10:30:00+08:00","n":null}',
    expressions: lines`
      date("2024-02-29")
      date("2023-02-29")
      date("2024-2-9")
      date("20240229")
      date("2024-02-29T10:00:00")
      date("")
      date(null)
      date(5)
      date(d)
      date(2024, 2, 29)
      date(2023, 2, 29)
      date(2024, 13, 1)
      date(2024, 2)
      date(year: 2024, month: 1, day: 2)
      date(date and time("2024-02-29T10:30:00"))
      date(date and time("2024-02-29T23:30:00-10:00"))
      date(date("2024-02-29"))
      date("-0044-03-15")
      date("12024-01-01")
      @"2024-02-29"
      @"10:30:00"
      @"2024-02-29T10:30:00"
      @"2024-02-29T10:30:00Z"
      @"2024-02-29T10:30:00@Asia/Shanghai"
      @"P1Y"
      @"P1DT1H"
      @"nonsense"
      @""
      time("10:30:00")
      time("10:30")
      time("10")
      time("25:00:00")
      time("10:60:00")
      time("24:00:00")
      time("10:30:00.123")
      time("10:30:00.123456789")
      time("10:30:00Z")
      time("10:30:00+08:00")
      time("10:30:00-05:30")
      time("10:30:00@Asia/Shanghai")
      time("10:30:00@Nowhere/Land")
      time("10:30:00@UTC")
      time(10, 30, 0)
      time(10, 30, 15.5)
      time(24, 0, 0)
      time(10, 30, 0, duration("PT8H"))
      time(10, 30, 0, null)
      time(hour: 10, minute: 30, second: 0)
      time(date and time("2024-02-29T10:30:00Z"))
      time(date and time("2024-02-29T10:30:00"))
      time(null)
      time(t)
      date and time("2024-02-29T10:30:00")
      date and time("2024-02-29T10:30:00Z")
      date and time("2024-02-29T10:30:00+08:00")
      date and time("2024-02-29T10:30:00.5+08:00")
      date and time("2024-02-29T10:30:00@Asia/Shanghai")
      date and time("2024-07-01T10:30:00@Europe/Berlin")
      date and time("2024-03-31T02:30:00@Europe/Berlin")
      date and time("2024-10-27T02:30:00@Europe/Berlin")
      date and time("2024-02-29T10:30")
      date and time("2024-02-29")
      date and time("2024-02-30T10:30:00")
      date and time("nonsense")
      date and time(null)
      date and time(dt)
      date and time(date("2024-02-29"), time("10:30:00"))
      date and time(date("2024-02-29"), time("10:30:00Z"))
      date and time(date("2024-02-29"), time("10:30:00@Asia/Shanghai"))
      date and time(date and time("2024-01-01T00:00:00"), time("10:30:00"))
      date and time(date and time("2024-02-29T10:30:00Z"), "Asia/Shanghai")
      date and time(date and time("2024-02-29T10:30:00"), "Asia/Shanghai")
      date and time(date and time("2024-02-29T10:30:00Z"), "Nowhere/Land")
      date and time(from: "2024-02-29T10:30:00")
      date and time(date: date("2024-02-29"), time: time("10:30:00"))
      date  and  time("2024-02-29T10:30:00")
      date and  time("2024-02-29T10:30:00")
      years and months  duration(date("2020-01-01"), date("2021-01-01"))
      duration("P1Y2M")
      duration("P14M")
      duration("P1Y2M3D")
      duration("-P1Y")
      duration("P-1Y")
      duration("P0Y")
      duration("P1D")
      duration("P1DT2H3M4S")
      duration("PT36H")
      duration("PT90M")
      duration("PT0.5S")
      duration("PT1.123456789S")
      duration("-PT1H")
      duration("PT-1H")
      duration("P1W")
      duration("PT0S")
      duration("P")
      duration("PT")
      duration("1D")
      duration("")
      duration(null)
      duration(from: "P1D")
      years and months duration(date("2011-12-22"), date("2013-08-24"))
      years and months duration(date("2013-08-24"), date("2011-12-22"))
      years and months duration(date("2020-01-31"), date("2020-02-29"))
      years and months duration(date and time("2020-01-31T10:00:00"), date("2021-02-28"))
      years and months duration(from: date("2020-01-01"), to: date("2021-01-01"))
      years and months duration(null, date("2021-01-01"))
      string(date("2024-02-29"))
      string(time("10:30:00"))
      string(time("10:30:00.120"))
      string(time("10:30:00Z"))
      string(time("10:30:00@Asia/Shanghai"))
      string(date and time("2024-02-29T10:30:00"))
      string(date and time("2024-02-29T10:30:00Z"))
      string(date and time("2024-02-29T10:30:00+08:00"))
      string(date and time("2024-02-29T10:30:00@Asia/Shanghai"))
      string(duration("P1Y2M"))
      string(duration("P14M"))
      string(duration("P0Y"))
      string(duration("PT36H"))
      string(duration("PT0S"))
      string(duration("-PT36H"))
      string(duration("PT0.5S"))
      string(duration("P1DT0.25S"))
      [date("2024-02-29"), time("10:30:00"), duration("P1D")]
      string([date("2024-02-29"), time("10:30:00"), duration("P1D")])
      {d: date("2024-02-29"), dt: date and time("2024-02-29T10:30:00Z")}
      now() instance of date and time
      today() instance of date
      now() > date and time("2020-01-01T00:00:00Z")
      today() > date("2020-01-01")
      now().timezone
      now(1)
      string length(string(today()))
      day of week(date("2024-02-29"))
      day of week(date and time("2024-02-29T10:30:00"))
      day of week("2024-02-29")
      day of year(date("2024-12-31"))
      week of year(date("2024-12-31"))
      week of year(date("2021-01-03"))
      month of year(date("2024-02-29"))
      month of year(null)
      last day of month(date("2024-02-01"))
      last day of month(date and time("2023-02-01T10:00:00"))
      day of week(date: date("2024-02-29"))
    `,
  },
  {
    topic: 'calculating with time',
    variables: '{"days":3,"n":null}',
    expressions: lines`
      date("2024-02-29") + duration("P1D")
      date("2024-02-29") + duration("PT1H")
      date("2024-02-29") + duration("PT25H")
      date("2024-02-29") + duration("P1Y")
      date("2024-01-31") + duration("P1M")
      duration("P1D") + date("2024-02-29")
      date("2024-02-29") - duration("P1D")
      date("2024-03-31") - duration("P1M")
      date("2024-03-01") - date("2024-02-01")
      date("2024-02-01") - date("2024-03-01")
      date("2024-02-29") + 1
      date("2024-02-29") + "P1D"
      date("2024-02-29") + date("2024-02-29")
      date("2024-02-29") * 2
      date("2024-02-29") - null
      date("2024-02-29") - date and time("2024-02-28T00:00:00")
      date and time("2024-02-29T10:00:00") - date("2024-02-28")
      time("10:00:00") + duration("PT1H")
      time("23:30:00") + duration("PT1H")
      time("10:00:00") + duration("P1D")
      time("10:00:00") - duration("PT11H")
      time("10:00:00") - time("08:30:00")
      time("10:00:00Z") - time("10:00:00+01:00")
      time("10:00:00") - time("10:00:00Z")
      time("10:00:00") + duration("P1Y")
      date and time("2024-02-29T10:00:00") + duration("P1D")
      date and time("2024-02-29T10:00:00Z") + duration("P1Y")
      date and time("2024-02-29T10:00:00@Europe/Berlin") + duration("P31D")
      date and time("2024-03-30T12:00:00@Europe/Berlin") + duration("P1D")
      date and time("2024-03-30T12:00:00@Europe/Berlin") + duration("PT24H")
      date and time("2024-02-29T10:00:00") - date and time("2024-02-28T09:30:00")
      date and time("2024-02-29T10:00:00Z") - date and time("2024-02-29T10:00:00+08:00")
      date and time("2024-02-29T10:00:00Z") - date and time("2024-02-29T10:00:00")
      date and time("2024-02-29T10:00:00.5") - duration("PT0.25S")
      duration("P1Y") + duration("P2M")
      duration("P1Y") - duration("P2M")
      duration("P1D") + duration("PT1H")
      duration("P1D") - duration("PT25H")
      duration("P1Y") + duration("P1D")
      duration("P1D") * 2
      duration("P1D") * 1.5
      2 * duration("P1D")
      duration("P1Y") * 2
      duration("P1D") / 2
      duration("P1Y") / 2
      duration("P1Y") / 5
      duration("PT1H") / duration("PT30M")
      duration("P1Y") / duration("P1M")
      duration("P1D") / duration("P1M")
      duration("P1D") / 0
      duration("P1D") * duration("P1D")
      duration("P1D") * days
      -duration("P1D")
      duration("PT1S") / 3
      date("2024-02-29").year
      date("2024-02-29").month
      date("2024-02-29").day
      date("2024-02-29").weekday
      date("2024-02-29").hour
      date("2024-02-29").nope
      time("10:30:15").hour
      time("10:30:15").minute
      time("10:30:15.5").second
      time("10:30:15").time offset
      time("10:30:15+08:00").time offset
      time("10:30:15").timezone
      time("10:30:15@Asia/Shanghai").timezone
      time("10:30:15+08:00").timezone
      date and time("2024-02-29T10:30:15").year
      date and time("2024-02-29T10:30:15").weekday
      date and time("2024-02-29T10:30:15+08:00").time offset
      date and time("2024-02-29T10:30:15@Asia/Shanghai").time offset
      date and time("2024-02-29T10:30:15@Asia/Shanghai").timezone
      date and time("2024-02-29T10:30:15").time offset
      duration("P1Y2M").years
      duration("P1Y2M").months
      duration("P1Y2M").days
      duration("P14M").years
      duration("-P14M").months
      duration("P1DT2H3M4S").days
      duration("P1DT2H3M4S").hours
      duration("P1DT2H3M4S").minutes
      duration("P1DT2H3M4S").seconds
      duration("PT36H").days
      duration("PT36H").hours
      duration("P1DT2H3M4S").years
      date("2024-02-29") < date("2024-03-01")
      date and time("2024-02-29T10:00:00") < date("2024-03-01")
      time("10:00:00") < time("10:00:01")
      time("10:00:00Z") < time("10:00:00+01:00")
      date and time("2024-02-29T10:00:00Z") < date and time("2024-02-29T10:00:00+01:00")
      date and time("2024-02-29T10:00:00") < date and time("2024-02-29T10:00:00Z")
      date("2024-02-29") in [date("2024-01-01")..date("2024-12-31")]
      date and time("2024-02-29T10:00:00Z") = date and time("2024-02-29T10:00:00@UTC")
      date and time("2024-02-29T10:00:00+08:00") = date and time("2024-02-29T10:00:00@Asia/Shanghai")
      duration("PT1H") < duration("PT61M")
      duration("PT60M") = duration("PT1H")
      abs(duration("-P1D"))
      [date("2024-02-29")][item.year = 2024]
      min([date("2024-02-29"), date("2023-02-28")])
      date("2024-02-29") + duration("P1Y") + duration("P1D")
      (date("2024-02-29") - date("2024-01-01")).days
      (now() - now()).days
    `,
  },
];

export default groups;
