import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.camunda.zeebe.client.api.response.ProcessInstanceResult;
import io.camunda.zeebe.client.api.worker.JobClient;
import io.camunda.zeebe.client.api.worker.JobWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A client in Java, as anybody would write it: reads what to do from its arguments, tells what it did on its output. */
public final class Client {
  public static void main(String[] args) throws Exception {
    try (ZeebeClient client = ZeebeClient.newClientBuilder().gatewayAddress(args[1]).usePlaintext().defaultRequestTimeout(Duration.ofSeconds(10)).build()) {
      if (args[0].equals("work")) work(client, args[2], args.length > 3 && args[3].equals("stream"));
      else story(client, args[2]);
    }
  }

  /** Deploys, runs 20 instances to their results, fails with back-off, throws an error and publishes a message. */
  private static void story(ZeebeClient client, String folder) throws Exception {
    for (String name : List.of("double", "trouble", "waiting")) client.newDeployResourceCommand().addResourceFile(folder + "/java-" + name + ".bpmn").send().join();
    for (boolean stream : new boolean[] {false, true}) {
      try (JobWorker worker = client.newWorker().jobType("java-double").handler(Client::twice).streamEnabled(stream).open()) {
        Thread.sleep(300);
        List<Future<ProcessInstanceResult>> results = new ArrayList<>();
        for (int n = 0; n < 10; n++) results.add(client.newCreateInstanceCommand().bpmnProcessId("java-double").latestVersion().variables(Map.of("n", n)).withResult().send());
        int sum = 0;
        for (Future<ProcessInstanceResult> result : results) sum += (Integer) result.get().getVariablesAsMap().get("twice");
        System.out.println("results " + stream + " " + sum);
      }
    }

    AtomicInteger calls = new AtomicInteger();
    try (JobWorker worker = client.newWorker().jobType("java-trouble").handler((jobs, job) -> {
      if (calls.incrementAndGet() == 1) jobs.newFailCommand(job.getKey()).retries(job.getRetries() - 1).retryBackoff(Duration.ofMillis(200)).errorMessage("again").send().join();
      else jobs.newThrowErrorCommand(job.getKey()).errorCode("trouble").errorMessage("as planned").send().join();
    }).open()) {
      ProcessInstanceResult result = client.newCreateInstanceCommand().bpmnProcessId("java-trouble").latestVersion().withResult().send().join();
      System.out.println("trouble " + calls.get() + " " + result.getVariables());
    }

    Future<ProcessInstanceResult> paid = client.newCreateInstanceCommand().bpmnProcessId("java-waiting").latestVersion().variables(Map.of("key", "k")).withResult().fetchVariables("amount").send();
    client.newPublishMessageCommand().messageName("java-paid").correlationKey("k").timeToLive(Duration.ofMinutes(1)).variables(Map.of("amount", 3)).send().join();
    System.out.println("message " + paid.get().getVariables());
  }

  private static void twice(JobClient jobs, ActivatedJob job) {
    jobs.newCompleteCommand(job.getKey()).variables(Map.of("twice", (Integer) job.getVariable("n") * 2)).send().join();
  }

  /** Completes jobs of a type for as long as it is let, telling each. */
  private static void work(ZeebeClient client, String jobType, boolean stream) throws Exception {
    try (JobWorker worker = client.newWorker().jobType(jobType).handler((jobs, job) -> {
      jobs.newCompleteCommand(job.getKey()).send().join();
      System.out.println("did " + job.getKey());
    }).pollInterval(Duration.ofMillis(100)).requestTimeout(Duration.ofSeconds(2)).streamEnabled(stream).open()) {
      System.out.println("ready");
      Thread.currentThread().join();
    }
  }
}
