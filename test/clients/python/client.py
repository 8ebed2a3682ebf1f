"""A client in Python, as anybody would write it: reads what to do from its arguments, tells what it did on its output."""

import asyncio
import json
import sys

from pyzeebe import Job, JobController, ZeebeClient, ZeebeWorker, create_insecure_channel


async def story(address, folder):
    """Deploys, runs 20 instances to their results, fails with back-off, throws an error and publishes a message."""
    channel = create_insecure_channel(grpc_address=address)
    client = ZeebeClient(channel)
    for name in ("double", "trouble", "waiting"):
        await client.deploy_resource(f"{folder}/python-{name}.bpmn")

    calls = 0

    async def begin(stream):
        worker = ZeebeWorker(channel, request_timeout=2000, stream_enabled=stream)

        @worker.task(task_type="python-double")
        async def double(n):
            return {"twice": n * 2}

        async def trouble(job: Job, controller: JobController):
            nonlocal calls
            calls += 1
            if calls == 1:
                await controller.set_failure_status("again", retry_back_off_ms=200)
            else:
                await controller.set_error_status("as planned", error_code="trouble")

        async def on_trouble(_error, job, controller):
            await trouble(job, controller)

        @worker.task(task_type="python-trouble", exception_handler=on_trouble)
        async def raise_trouble():
            raise RuntimeError("as planned")

        running = asyncio.create_task(worker.work())
        await asyncio.sleep(0.3)
        return worker, running

    for stream in (False, True):
        worker, running = await begin(stream)
        results = await asyncio.gather(*(client.run_process_with_result("python-double", {"n": n}, timeout=20_000) for n in range(10)))
        print("results", str(stream).lower(), sum(result.variables["twice"] for result in results), flush=True)
        if stream:
            result = await client.run_process_with_result("python-trouble", timeout=20_000)
            print("trouble", calls, json.dumps(result.variables), flush=True)
        await worker.stop()
        running.cancel()

    paid = asyncio.create_task(client.run_process_with_result("python-waiting", {"key": "k"}, variables_to_fetch=["amount"], timeout=20_000))
    await asyncio.sleep(0.3)
    await client.publish_message("python-paid", "k", variables={"amount": 3}, time_to_live_in_milliseconds=60_000)
    print("message", json.dumps((await paid).variables, separators=(",", ":")), flush=True)
    health = await client.healthcheck()
    print("health", health.status, flush=True)


async def work(address, job_type, stream):
    """Completes jobs of a type for as long as it is let, telling each."""
    worker = ZeebeWorker(create_insecure_channel(grpc_address=address), request_timeout=2000, stream_enabled=stream)

    @worker.task(task_type=job_type)
    async def done(job: Job):
        print("did", job.key, flush=True)

    print("ready", flush=True)
    await worker.work()


if sys.argv[1] == "work":
    asyncio.run(work(sys.argv[2], sys.argv[3], len(sys.argv) > 4 and sys.argv[4] == "stream"))
else:
    asyncio.run(story(sys.argv[2], sys.argv[3]))
